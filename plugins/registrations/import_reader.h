#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "plugins/registrations/answers.h"
#include "plugins/registrations/table_file.h"

/// Registrations from a table: what stands in the file, checked against the study; nothing is stored here.
namespace meerstem::registrations {

struct NewAnswer {
  const Item* item;
  AnswerKey key;
  std::string member;
  const char* status = "";
  std::optional<int> value;
  std::string remark;
};
struct NewRegistration {
  Id study_case;
  std::string case_code;
  std::optional<Id> site;
  Date date;
  std::string occasion;
  std::string registrar;
  std::vector<NewAnswer> answers;
};

struct Import {
  Instrument instrument;
  std::vector<NewRegistration> registrations;
  std::vector<BadRow> bad;
  std::vector<TableColumn> columns;
  std::vector<Message> notes;
  std::int64_t answers = 0;
  std::int64_t remarks = 0;
  std::int64_t there = 0;  ///< Registrations that the study holds already, word for word.
};

/// Reads, resolves and checks one file against the study, into `import`, whose instrument is set.
class ImportReader {
 public:
  ImportReader(Reading& reading, Import& import, const Mapping& mapping, bool repeats_are_copies);
  void Read(const std::string& path, const std::string& programs, Job& job);

 private:
  struct CaseFacts {
    Id id;
    std::string code;
    std::optional<Id> site;
    std::vector<Member> members;
  };
  /// An answer as it stands in the file, its names resolved.
  struct Line {
    std::int64_t number = 0;
    const Item* item = nullptr;   ///< None: a registration at which nothing changed.
    const Member* member = nullptr;
    const char* status = "";      ///< As the store spells it, or "=".
    std::optional<int> value;
    std::string value_text;
    std::string remark;
  };
  struct Dates {
    std::string occasion, registrar;
    std::vector<Line> lines;
  };
  /// A column that holds the answers to an item, in a wide table.
  struct ItemColumn {
    const Item* item;
    std::size_t column;
    std::optional<std::size_t> remark;
  };

  void FindItems(TableFile& file);
  void TakeRow(const TableFile& file);
  void TakeWide(const TableFile& file, CaseFacts& study_case, Date date, Dates& dates);
  CaseFacts& CaseOf(const std::string& code);
  const Member* MemberOf(const std::string& name, CaseFacts& study_case, Date date, const Item& item);
  void ReadValue(const TableCell& cell, const TableColumn* column, Line& line) const;
  static std::optional<int> PointOf(const std::string& folded, const std::string& meant, const Item& item);
  void ApplyStatus(const std::string& status, Line& line) const;
  void ResolveCase(const CaseFacts& study_case, std::map<Date, Dates>& dates);
  void ResolveRegistration(const CaseFacts& study_case, Date date, const Dates& found, State& state, const Registration* stored);
  bool IsThere(const Registration& stored, const NewAnswer& answer);

  Reading& reading_;
  Import& import_;
  const Mapping& mapping_;
  bool copies_;
  std::unordered_map<std::string, const Item*> items_;
  std::unordered_map<std::string, CaseFacts> cases_;
  std::vector<ItemColumn> item_columns_;  ///< Empty: the table is long.
  std::optional<std::size_t> value_column_;
  std::map<std::string, std::map<Date, Dates>> lines_;
};

/// Stores one of them. Returns its id.
Id StoreRegistration(Writing& writing, const Id& instrument, const NewRegistration& registration);

}  // namespace meerstem::registrations
