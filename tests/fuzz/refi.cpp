// Projects and codebooks of other tools: read, laid beside an empty study, and what is kept written out again.
#include <algorithm>
#include <cstring>

#include "plugins/exchange/part.h"
#include "plugins/exchange/read_refi.h"
#include "plugins/exchange/resolve.h"
#include "plugins/exchange/xml_writer.h"
#include "tests/fuzz/target.h"
#include "tests/support/test_study.h"

namespace {

using namespace meerstem;
using namespace meerstem::exchange;

/// A project whose texts all are the same one.
class OneText final : public ProjectFiles {
 public:
  explicit OneText(std::string_view xml) : xml_(xml) {}
  const std::string& name() const override { return name_; }
  ByteSource Xml() override {
    return [this](char* buffer, std::size_t size) {
      const std::size_t count = std::min(size, xml_.size() - at_);
      std::memcpy(buffer, xml_.data() + at_, count);
      at_ += count;
      return count;
    };
  }
  std::optional<std::string> Read(const std::string& path) override {
    return path.ends_with("txt") ? std::optional<std::string>("\xEF\xBB\xBF" "Een tekst 🙂\r\nmet twee regels") : std::nullopt;
  }

 private:
  std::optional<std::uint64_t> SizeOf(const std::string&) override { return std::nullopt; }
  std::string name_ = "fuzz.qde";
  std::string_view xml_;
  std::size_t at_ = 0;
};

}  // namespace

void meerstem::fuzz::Try(std::string_view input) {
  static testing::TestStudy study{{exchange::Register}};
  OneText files(input);
  Job job;
  const Project project = ReadRefi(files, job);
  for (const auto& kept : project.kept) {
    const std::string xml = ToXml(kept.element);
    Hold(ToXml(ParseXml(xml, "kept")) == xml, "what is kept is read again as it was written");
  }
  const auto reading = study.store().Read();
  Resolve(*reading, project, files.name(), job);
}
