// A library that is no plugin; its constructor would end the program if anybody loaded it.
#include <cstdlib>

__attribute__((constructor)) static void Never() { std::abort(); }
