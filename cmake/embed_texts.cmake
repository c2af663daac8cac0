# Turns text files into a header with one function that returns them in order:
#   cmake -DFUNCTION=CoreMigrations -DOUTPUT=core_migrations.h "-DINPUTS=a.sql;b.sql" -P embed_texts.cmake
string(REPLACE "|" ";" INPUTS "${INPUTS}")
set(text "#pragma once\n\n#include <string>\n#include <vector>\n\ninline std::vector<std::string> ${FUNCTION}() {\n  return {\n")
foreach(file IN LISTS INPUTS)
  file(READ "${file}" content)
  string(APPEND text "R\"text(${content})text\",\n")
endforeach()
string(APPEND text "  };\n}\n")
file(WRITE "${OUTPUT}" "${text}")
