// PDF: what poppler tells of a page becomes a text in the order of reading, without what belongs to the page.
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "plugins/documents/pages.h"

namespace meerstem::documents {
namespace {

struct Line {
  double left, top;
  std::string words;
};

std::string Page(const std::vector<Line>& lines) {
  std::string page = "<page width=\"600\" height=\"800\"><flow><block>\n";
  for (const auto& line : lines) {
    double x = line.left;
    std::string words;
    std::string rest = line.words + " ";
    for (std::size_t at = rest.find(' '); at != std::string::npos; rest.erase(0, at + 1), at = rest.find(' ')) {
      const std::string word = rest.substr(0, at);
      const double width = 6.0 * static_cast<double>(word.size());
      words += "<word xMin=\"" + std::to_string(x) + "\" yMin=\"0\" xMax=\"" + std::to_string(x + width) + "\" yMax=\"0\">" + word + "</word>";
      x += width + 3;
      // Line numbers stand apart.
      if (words.find("<word", 5) == std::string::npos && word.find_first_not_of("0123456789") == std::string::npos) x = std::max(x, 72.0);
    }
    page += "<line xMin=\"" + std::to_string(line.left) + "\" yMin=\"" + std::to_string(line.top) + "\" xMax=\"" + std::to_string(x - 3) + "\" yMax=\"" + std::to_string(line.top + 10) + "\">" + words + "</line>\n";
  }
  return page + "</block></flow></page>\n";
}

Document Read(const std::vector<std::vector<Line>>& pages) {
  std::string xhtml = "<html><body><doc>";
  for (const auto& page : pages) xhtml += Page(page);
  PdfPages parsed = ParsePages(xhtml + "</doc></body></html>", "p.pdf");
  Document document;
  DropFurniture(parsed, document.notes);
  FillFrom(parsed, document);
  return document;
}

TEST(Pages, LinesBecomeParagraphsAndBrokenWordsWhole) {
  const Document document = Read({{{72, 100, "Anna: Ik bel elke week, ook als het moei-"},
                                   {72, 112, "lijk gaat, en dan vraag ik naar de follow-"},
                                   {72, 124, "up van de binnen- en de buitenspeel-"},
                                   {72, 136, "plaats, want follow-up is alles."},
                                   {72, 148, "Rosa: Ja."}}});
  EXPECT_EQ(document.text, "Anna: Ik bel elke week, ook als het moeilijk gaat, en dan vraag ik naar de follow-up van de binnen- en de buitenspeelplaats, want follow-up is alles.\n\nRosa: Ja.\n");
  ASSERT_EQ(document.pages.size(), 1u);
}

TEST(Pages, AParagraphGoesOnOverThePageAndEachPageKnowsItsWords) {
  const Document document = Read({{{72, 100, "Anna: Dat was toen wij nog in het oude huis"}}, {{72, 100, "woonden, met de tuin."}, {72, 130, "Rosa: Ja."}}});
  EXPECT_EQ(document.text, "Anna: Dat was toen wij nog in het oude huis woonden, met de tuin.\n\nRosa: Ja.\n");
  ASSERT_EQ(document.pages.size(), 2u);
  const Text text(document.text);
  EXPECT_EQ(text.Slice(document.pages[0].range), "Anna: Dat was toen wij nog in het oude huis");
  EXPECT_EQ(text.Slice(document.pages[1].range), "woonden, met de tuin.\n\nRosa: Ja.");
}

TEST(Pages, HeadsFeetAndPageNumbersGoAndWhatIsSaidStays) {
  std::vector<std::vector<Line>> pages;
  for (int i = 1; i <= 4; ++i) {
    pages.push_back({{72, 30, "Gesprek 7, deel " + std::to_string(i)}, {72, 90, "Anna: ja " + std::string(static_cast<std::size_t>(i), 'x') + "."}, {290, 770, "- " + std::to_string(i) + " -"}});
  }
  const Document document = Read(pages);
  EXPECT_EQ(document.text, "Anna: ja x.\n\nAnna: ja xx.\n\nAnna: ja xxx.\n\nAnna: ja xxxx.\n");
  EXPECT_EQ(document.notes.size(), 1u);
}

TEST(Pages, LineNumbersInTheMarginGo) {
  const Document document = Read({{{40, 100, "1 Anna: wij waren met zes kinderen in het"}, {40, 112, "2 gezin, en dat was veel werk."}, {40, 124, "3 Rosa: Ja, dat weet ik nog."}, {40, 136, "4 Anna: Toen kwam er nog een bij, de"}, {40, 148, "5 kleine Jef, in 1999."}, {40, 160, "6 Rosa: Ja."}}});
  EXPECT_EQ(document.text, "Anna: wij waren met zes kinderen in het gezin, en dat was veel werk.\n\nRosa: Ja, dat weet ik nog.\n\nAnna: Toen kwam er nog een bij, de kleine Jef, in 1999.\n\nRosa: Ja.\n");
}

TEST(Pages, ColumnsAreReadOneAfterTheOther) {
  std::vector<Line> lines = {{120, 60, "Een titel die over beide kolommen loopt en ver genoeg"}};
  // Poppler gives them in the order of their height.
  for (int i = 0; i < 8; ++i) {
    lines.push_back({60, 100.0 + 12 * i, "links regel " + std::to_string(i) + " met woorden genoeg"});
    lines.push_back({320, 100.0 + 12 * i, "rechts regel " + std::to_string(i) + " met woorden genoeg"});
  }
  const Document document = Read({lines});
  const auto left = document.text.find("links regel 7"), right = document.text.find("rechts regel 0");
  EXPECT_EQ(document.text.find("Een titel"), 0u);
  EXPECT_LT(left, right) << document.text;
  EXPECT_LT(document.text.find("links regel 0"), left);
}

TEST(Pages, WhatIsNoPageIsRefused) {
  for (const char* broken : {"", "<html>", "<html></html>", "<html><page>", "niets"}) EXPECT_THROW(ParsePages(broken, "p.pdf"), Error) << broken;
  EXPECT_NO_THROW(ParsePages("<html><page width=\"nan\" height=\"-1e999\"><line xMin=\"x\"><word>\x01 a</word></line></page></html>", "p.pdf"));
}

}  // namespace
}  // namespace meerstem::documents
