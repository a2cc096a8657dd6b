#include <stdatomic.h>

#include "CMicrokernels.h"

#if defined(__x86_64__)
#include <cpuid.h>

static uint64_t enabled_state(void) {
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t)high << 32 | low;
}

static unsigned detect(void) {
  enum { FMA = 1 << 12, OSXSAVE = 1 << 27, AVX = 1 << 28 };                       // leaf 1, ECX
  enum { AVX2 = 1 << 5, AVX512F = 1 << 16, AVX512DQ = 1 << 17, AVX512BW = 1 << 30 };  // leaf 7, EBX
  const unsigned avx512vl = 1u << 31;
  enum { AVX512VNNI = 1 << 11 };  // leaf 7, ECX
  enum { AVXVNNI = 1 << 4 };      // leaf 7.1, EAX
  enum { YMM_STATE = 0x06, ZMM_STATE = 0xe6 };
  unsigned found = 1u << MK_ISA_SCALAR;
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return found;
  const unsigned basic = FMA | OSXSAVE | AVX;
  if ((c & basic) != basic) return found;
  const uint64_t state = enabled_state();
  if ((state & YMM_STATE) != YMM_STATE || !__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & AVX2)) return found;
  found |= 1u << MK_ISA_AVX2;
  const unsigned subleaves = a;
  const unsigned avx512 = AVX512F | AVX512DQ | AVX512BW | avx512vl;
  if ((state & ZMM_STATE) == ZMM_STATE && (b & avx512) == avx512 && (c & AVX512VNNI)) found |= 1u << MK_ISA_AVX512VNNI;
  if (subleaves >= 1 && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & AVXVNNI)) found |= 1u << MK_ISA_AVXVNNI;
  return found;
}
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>

static unsigned detect(void) {
  enum { ASIMDDP = 1 << 20 };  // HWCAP_ASIMDDP: the dot product
  return 1u << MK_ISA_SCALAR | (getauxval(AT_HWCAP) & ASIMDDP ? 1u << MK_ISA_NEONDOT : 0);
}
#else
static unsigned detect(void) { return 1u << MK_ISA_SCALAR; }
#endif

int mk_isa_is_supported(mk_isa isa) {
  static _Atomic unsigned cache;
  unsigned found = atomic_load_explicit(&cache, memory_order_relaxed);
  if (!found) {
    found = detect();
    atomic_store_explicit(&cache, found, memory_order_relaxed);
  }
  return (unsigned)isa < 32 && (found >> isa & 1);
}
