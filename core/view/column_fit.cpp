#include "core/view/column_fit.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

namespace meerstem::view {
namespace {

constexpr double kMargins = 2.2;
constexpr double kLongWord = 14;   ///< A longer word may be broken behind a stroke or a colon.
constexpr double kLongest = 26;    ///< A longer one anywhere.
constexpr std::size_t kLooked = 400;
constexpr int kSteps = 60;

/// In a sans serif font, against its n; what is not ASCII counts as that.
double WidthOf(char c) {
  if (std::string_view("iljI|'.,:;!").find(c) != std::string_view::npos) return 0.45;
  if (std::string_view(" tfr()[]/-").find(c) != std::string_view::npos) return 0.6;
  if (std::string_view("mwMW@%").find(c) != std::string_view::npos) return 1.5;
  if (c >= 'A' && c <= 'Z') return 1.25;
  // Of the bytes of a letter beyond ASCII only the first counts.
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80 ? 0 : 1;
}

double WidthOf(std::string_view text) {
  return std::accumulate(text.begin(), text.end(), 0.0, [](double sum, char c) { return sum + WidthOf(c); });
}

/// Of the widest piece that must stand on one line.
double WidestPiece(std::string_view text) {
  double widest = 0;
  while (!text.empty()) {
    std::string_view word = text.substr(0, text.find_first_of(" \n"));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (WidthOf(word) <= kLongWord) {
      widest = std::max(widest, WidthOf(word));
      continue;
    }
    while (!word.empty()) {
      const auto piece = word.substr(0, word.find_first_of("/-:") + 1);
      const auto taken = piece.empty() ? word : piece;
      widest = std::max(widest, WidthOf(taken));
      word.remove_prefix(taken.size());
    }
  }
  return std::min(widest, kLongest);
}

double FourthPower(double x) { return x * x * x * x; }

/// Rather a few of the longest words broken than some in every column: all are cut at the width with which they fit.
void CutTo(double page, std::vector<double>& widths) {
  std::vector<double> sorted = widths;
  std::sort(sorted.begin(), sorted.end());
  double room = page;
  for (std::size_t k = 0; k < sorted.size(); ++k) {
    const double cut = room / static_cast<double>(sorted.size() - k);
    if (sorted[k] > cut) {
      for (auto& width : widths) width = std::min(width, cut);
      return;
    }
    room -= sorted[k];
  }
}

}  // namespace

ColumnFit::ColumnFit(const std::vector<std::vector<std::string>>& lines) {
  constexpr double kBold = 1.1;
  least_.assign(lines.front().size(), kMargins);
  for (std::size_t r = 0; r < lines.size(); ++r) {
    const double weight = r == 0 ? kBold : 1;
    auto& row = extents_.emplace_back(least_.size(), 0.0);
    for (std::size_t i = 0; i < std::min(least_.size(), lines[r].size()); ++i) {
      row[i] = WidthOf(lines[r][i]) * weight;
      least_[i] = std::max(least_[i], WidestPiece(lines[r][i]) * weight + kMargins);
    }
  }
}

double ColumnFit::Least(const std::vector<std::size_t>& columns) const {
  return std::accumulate(columns.begin(), columns.end(), 0.0, [&](double sum, std::size_t i) { return sum + least_[i]; });
}

std::vector<double> ColumnFit::Shares(const std::vector<std::size_t>& columns, double page) const {
  std::vector<double> widths;
  for (const auto i : columns) widths.push_back(least_[i]);
  const double least = Least(columns);
  if (least < page) ShareOut(columns, page - least, widths);
  else CutTo(page, widths);
  const double whole = std::accumulate(widths.begin(), widths.end(), 0.0);
  for (auto& width : widths) width /= whole;
  return widths;
}

void ColumnFit::ShareOut(const std::vector<std::size_t>& columns, double room, std::vector<double>& widths) const {
  // A row is as high as the highest of its cells; the fourth power stands for that, and still tells a little of the others,
  // so that of two equally high cells the first step is not in vain.
  const double step = room / kSteps;
  const std::size_t every = extents_.size() / kLooked + 1;
  const auto lines = [&](std::size_t row, std::size_t k, double width) { return FourthPower(std::max(1.0, extents_[row][columns[k]] / (width - kMargins))); };
  std::vector<double> powers;
  for (std::size_t row = 0; row < extents_.size(); row += every) {
    double sum = 0;
    for (std::size_t k = 0; k < widths.size(); ++k) sum += lines(row, k, widths[k]);
    powers.push_back(sum);
  }
  for (int taken = 0; taken < kSteps; ++taken) {
    std::size_t best = widths.size();
    double most = 1e-9;
    for (std::size_t k = 0; k < widths.size(); ++k) {
      double gain = 0;
      for (std::size_t n = 0; n < powers.size(); ++n) {
        const double after = powers[n] - lines(n * every, k, widths[k]) + lines(n * every, k, widths[k] + step);
        gain += std::sqrt(std::sqrt(powers[n])) - std::sqrt(std::sqrt(after));
      }
      if (gain > most) {
        most = gain;
        best = k;
      }
    }
    if (best == widths.size()) break;  // Everything stands on one line.
    for (std::size_t n = 0; n < powers.size(); ++n) powers[n] += lines(n * every, best, widths[best] + step) - lines(n * every, best, widths[best]);
    widths[best] += step;
  }
}

}  // namespace meerstem::view
