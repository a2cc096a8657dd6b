// The vector functions of every instruction set, as mk_<name>__<suffix>.
#ifndef MK_VECTOR_FUNCTIONS_H
#define MK_VECTOR_FUNCTIONS_H

#include "CMicrokernels.h"

#define MK_VECTOR(name, parameters) void mk_##name##__scalar parameters;
#include "vector_functions.inc"
#undef MK_VECTOR
#define MK_VECTOR(name, parameters) void mk_##name##__avx2 parameters;
#include "vector_functions.inc"
#undef MK_VECTOR
#define MK_VECTOR(name, parameters) void mk_##name##__avx512vnni parameters;
#include "vector_functions.inc"
#undef MK_VECTOR
#define MK_VECTOR(name, parameters) void mk_##name##__neondot parameters;
#include "vector_functions.inc"
#undef MK_VECTOR

/// The name of a function for the instruction set of common/lanes__*.h.
#define MK_FOR_ISA(name) MK_FOR_ISA_2(name, MK_ISA_SUFFIX)
#define MK_FOR_ISA_2(name, suffix) MK_FOR_ISA_3(name, suffix)
#define MK_FOR_ISA_3(name, suffix) mk_##name##__##suffix

#endif
