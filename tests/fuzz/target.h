#pragma once

#include <string_view>

namespace meerstem::fuzz {

/// What a target does with one input: reads it as the program would read it. An Error that refuses it is a right answer;
/// anything else that is thrown, and whatever the sanitizers find, is not.
void Try(std::string_view input);

/// Stops, naming the place, when what must hold does not.
void Hold(bool holds, const char* what);

}  // namespace meerstem::fuzz
