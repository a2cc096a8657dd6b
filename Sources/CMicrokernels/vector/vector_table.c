#include "vector_functions.h"

#define MK_VECTOR(name, parameters) .name = mk_##name##__scalar,
static const mk_vector_functions scalar = {
    .isa = MK_ISA_SCALAR,
#include "vector_functions.inc"
};
#undef MK_VECTOR

#if defined(__x86_64__)
#define MK_VECTOR(name, parameters) .name = mk_##name##__avx2,
static const mk_vector_functions avx2 = {
    .isa = MK_ISA_AVX2,
#include "vector_functions.inc"
};
#undef MK_VECTOR

#define MK_VECTOR(name, parameters) .name = mk_##name##__avx512vnni,
static const mk_vector_functions avx512vnni = {
    .isa = MK_ISA_AVX512VNNI,
#include "vector_functions.inc"
};
#undef MK_VECTOR
#elif defined(__aarch64__)
#define MK_VECTOR(name, parameters) .name = mk_##name##__neondot,
static const mk_vector_functions neondot = {
    .isa = MK_ISA_NEONDOT,
#include "vector_functions.inc"
};
#undef MK_VECTOR
#endif

const mk_vector_functions *mk_vector_functions_for(mk_isa isa) {
  switch (isa) {
#if defined(__x86_64__)
    case MK_ISA_AVX2:
    case MK_ISA_AVXVNNI: return &avx2;
    case MK_ISA_AVX512VNNI: return &avx512vnni;
#elif defined(__aarch64__)
    case MK_ISA_NEONDOT: return &neondot;
#endif
    default: return &scalar;
  }
}
