// What stands beside the tables: the dictionary, and scripts that read everything with types and labels in R, Python and
// SPSS (or PSPP). The scripts know the tables by the dictionary, but SPSS, which must be told all.
#include <algorithm>

#include "plugins/exchange/data_folder.h"

namespace meerstem::exchange {
namespace {

constexpr std::size_t kLongestText = 32'767;  ///< Of SPSS, in bytes.
constexpr std::size_t kLongestLabel = 120;

const char* TypeName(DataType type) {
  switch (type) {
    case DataType::kInteger: return "integer";
    case DataType::kDate: return "date";
    case DataType::kText: break;
  }
  return "text";
}

constexpr std::string_view kR = R"(# Reads every table of this folder into a data frame of its name, with types, and factors for values that have labels.
# Run it in this folder: source("read.R"), or source("FOLDER/read.R", chdir = TRUE).
dictionary <- read.csv("dictionary.csv", colClasses = "character", encoding = "UTF-8", na.strings = character())
for (table in unique(dictionary$table)) {
  columns <- dictionary[dictionary$table == table, ]
  data <- read.csv(table, colClasses = "character", encoding = "UTF-8", na.strings = "", check.names = FALSE)
  for (i in seq_len(nrow(columns))) {
    name <- columns$column[i]
    if (columns$type[i] == "integer") data[[name]] <- as.integer(data[[name]])
    if (columns$type[i] == "date") data[[name]] <- as.Date(data[[name]])
    if (columns$labels[i] != "") {
      pairs <- strsplit(strsplit(columns$labels[i], " | ", fixed = TRUE)[[1]], "=", fixed = TRUE)
      data[[name]] <- factor(data[[name]], levels = sapply(pairs, `[`, 1), labels = sapply(pairs, `[`, 2))
    }
    attr(data[[name]], "label") <- columns$meaning[i]
  }
  assign(sub("\\.csv$", "", table), data)
}
rm(table, columns, data, i, name)
)";

constexpr std::string_view kPython = R"("""Reads every table of this folder: `tables["quotes"]` is a list of dicts with typed values (None: missing), and
`labels["answers"]["status"]` says what values mean. `frame("quotes")` is the same as a pandas DataFrame."""
import csv
import datetime
import pathlib

folder = pathlib.Path(__file__).resolve().parent
csv.field_size_limit(2**31 - 1)


def rows(name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


READ = {"text": str, "integer": int, "date": datetime.date.fromisoformat}
types, labels, meanings, tables = {}, {}, {}, {}
for line in rows("dictionary.csv"):
    table = line["table"].removesuffix(".csv")
    types.setdefault(table, {})[line["column"]] = READ[line["type"]]
    meanings.setdefault(table, {})[line["column"]] = line["meaning"]
    if line["labels"]:
        labels.setdefault(table, {})[line["column"]] = dict(pair.split("=", 1) for pair in line["labels"].split(" | "))
for table in types:
    tables[table] = [{name: types[table][name](cell) if cell else None for name, cell in row.items()} for row in rows(table + ".csv")]


def frame(table):
    import pandas

    return pandas.DataFrame(tables[table], columns=list(types[table]))


if __name__ == "__main__":
    for table in tables:
        print(table, len(tables[table]))
)";

/// Within SPSS's quotation marks.
std::string Quoted(std::string text, std::size_t most) {
  if (text.size() > most) {
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
    text.resize(most);
  }
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += c == '\n' ? ' ' : c;
  }
  return quoted + "'";
}

std::string SpssOf(const std::vector<DataFile>& files, const Language& language) {
  std::string sps = "* Reads every table of this folder and saves it beside it as an SPSS file with labels.\n* Run it in this folder; SPSS: CD 'FOLDER'. first. PSPP: pspp read.sps\nSET DECIMAL DOT.\n";
  for (const auto& file : files) {
    if (file.rows() == 0) continue;
    const std::string stem = file.name().substr(0, file.name().rfind('.'));
    sps += "\nGET DATA /TYPE=TXT /FILE='" + file.name() + "' /ENCODING='UTF8' /ARRANGEMENT=DELIMITED /DELIMITERS=',' /QUALIFIER='\"' /FIRSTCASE=2\n  /VARIABLES=";
    const auto& columns = file.columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      sps += "\n    v_" + columns[i].name + " ";
      if (columns[i].type == DataType::kInteger) sps += "F10.0";
      else if (columns[i].type == DataType::kDate) sps += "SDATE10";
      else sps += "A" + std::to_string(std::clamp<std::size_t>(file.width(i), 1, kLongestText));
    }
    sps += ".\n";
    for (const auto& column : columns) {
      sps += "VARIABLE LABELS v_" + column.name + " " + Quoted(language(column.meaning), kLongestLabel) + ".\n";
      if (column.labels.empty()) continue;
      sps += "VALUE LABELS v_" + column.name;
      for (const auto& [value, meaning] : column.labels) sps += " " + (column.type == DataType::kInteger ? value : Quoted(value, kLongestLabel)) + " " + Quoted(language(meaning), kLongestLabel);
      sps += ".\n";
    }
    sps += "SAVE OUTFILE='" + stem + ".sav'.\n";
  }
  return sps;
}

}  // namespace

void WriteScripts(const std::vector<DataFile>& files, const std::string& study, const Language& language, Package& package) {
  std::string dictionary = CsvLine({"table", "column", "type", "meaning", "labels"});
  std::string readme = language(Say("{0}: the study as tables", study)) + "\n\n";
  for (const auto& file : files) {
    readme += file.name() + "\n  " + language(file.label()) + " (" + language(SayCount("{0} row", "{0} rows", file.rows())) + ")\n";
    for (const auto& column : file.columns()) {
      std::string labels;
      for (const auto& [value, meaning] : column.labels) labels += (labels.empty() ? "" : " | ") + value + "=" + language(meaning);
      dictionary += CsvLine({file.name(), column.name, TypeName(column.type), language(column.meaning), labels});
    }
  }
  readme += "\n" + language(Say("dictionary.csv says what each column of each table holds. The tables are UTF-8 with commas; an empty cell is missing. Names are replaced and consent is kept as everywhere outside the study; excluded "
                                "cases, registrations and answers are left out. In the tables of cases by codes, a case whose family was never heard is missing, not 0.")) +
            "\n\nR:      source(\"read.R\", chdir = TRUE)\nPython: python3 read.py; from read import tables, frame\nSPSS:   read.sps\n";
  package.Add("dictionary.csv", dictionary);
  package.Add("README.txt", readme);
  package.Add("read.R", kR);
  package.Add("read.py", kPython);
  package.Add("read.sps", SpssOf(files, language));
}

}  // namespace meerstem::exchange
