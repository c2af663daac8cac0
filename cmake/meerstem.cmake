# What every wing of the build shares: warnings, and the functions that make a plugin and a test.

set(MEERSTEM_WARNINGS -Wall -Wextra -Wshadow=local -Wno-restrict -Wnon-virtual-dtor -Wno-missing-field-initializers)
# What is tested is built as users have it; the tests themselves run but a moment, so the compiler need not try hard.
set(MEERSTEM_TEST_OPTIONS ${MEERSTEM_WARNINGS} $<$<CONFIG:Release>:-O0>)

# What most files read, read once: a quarter of the time of a build. The debug build does without, so that it finds a file
# that does not name what it needs.
set(MEERSTEM_COMMON_HEADERS <algorithm> <charconv> <cmath> <cstdint> <filesystem> <functional> <map> <memory> <optional> <set> <string> <string_view> <unordered_map>
  <utility> <vector> "${PROJECT_SOURCE_DIR}/core/base/error.h")

# meerstem_embed_texts(TARGET HEADER FUNCTION FILES...): a generated header with one function that returns the files' texts.
function(meerstem_embed_texts target header function)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/generated/${header}")
  set(inputs)
  foreach(file IN LISTS ARGN)
    list(APPEND inputs "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
  endforeach()
  string(REPLACE ";" "|" escaped "${inputs}")
  add_custom_command(OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} -DFUNCTION=${function} -DOUTPUT=${output} "-DINPUTS=${escaped}" -P ${PROJECT_SOURCE_DIR}/cmake/embed_texts.cmake
    DEPENDS ${inputs} ${PROJECT_SOURCE_DIR}/cmake/embed_texts.cmake VERBATIM)
  target_sources(${target} PRIVATE "${output}")
  target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/generated")
endfunction()

# meerstem_plugin(NAME MODULE_SOURCE LOGIC_SOURCES...): the logic as a static library NAME_logic, which tests link without
# dlopen, and the module meerstem_NAME, which the host loads.
function(meerstem_plugin name module)
  add_library(${name}_logic STATIC ${ARGN})
  target_link_libraries(${name}_logic PUBLIC meerstem_core)
  target_compile_options(${name}_logic PRIVATE ${MEERSTEM_WARNINGS} -fvisibility=hidden)
  set_target_properties(${name}_logic PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_precompile_headers(${name}_logic PRIVATE ${MEERSTEM_COMMON_HEADERS} "${PROJECT_SOURCE_DIR}/core/plugin/registry.h" "${PROJECT_SOURCE_DIR}/core/store/store.h")
  add_library(meerstem_${name} MODULE ${module})
  target_link_libraries(meerstem_${name} PRIVATE ${name}_logic)
  target_compile_options(meerstem_${name} PRIVATE ${MEERSTEM_WARNINGS} -fvisibility=hidden)
  set_target_properties(meerstem_${name} PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY "${MEERSTEM_PLUGIN_DIR}"
    BUILD_RPATH "\$ORIGIN/..")
endfunction()

# meerstem_test(NAME SOURCES...): a GoogleTest program and its ctest entry. Further libraries with target_link_libraries.
function(meerstem_test name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE meerstem_core GTest::gtest GTest::gtest_main)
  target_compile_options(${name} PRIVATE ${MEERSTEM_TEST_OPTIONS})
  target_precompile_headers(${name} REUSE_FROM meerstem_test_support)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE MEERSTEM_SOURCE_DIR="${PROJECT_SOURCE_DIR}" MEERSTEM_BUILD_DIR="${PROJECT_BINARY_DIR}"
    MEERSTEM_DATA_DIR="${MEERSTEM_DATA_DIR}" MEERSTEM_PLUGIN_DIR="${MEERSTEM_PLUGIN_DIR}" MEERSTEM_BIN_DIR="${MEERSTEM_BIN_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600 ENVIRONMENT "LC_ALL=C.UTF-8;TZ=UTC")
endfunction()
