// Runs every microkernel of every instruction set of this processor beside its scalar twin on the same random data, edges
// and extremes included. Needs nothing but libc, so that it runs where Swift's tests cannot: cross-compiled and emulated.
//
// Instruction sets that the processor does not name are tried too, each in a process of its own: virtual machines hide
// some that it nevertheless has.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support.h"

static const struct {
  mk_isa isa;
  const char *name;
} sets[] = {
#if defined(__x86_64__)
    {MK_ISA_AVX2, "avx2"},
    {MK_ISA_AVXVNNI, "avxvnni"},
    {MK_ISA_AVX512VNNI, "avx512vnni"},
#elif defined(__aarch64__)
    {MK_ISA_NEONDOT, "neondot"},
#endif
};

static int run(mk_isa isa, const char *name) {
  test_gemm_u8(isa);
  test_gemm_f32(isa);
  test_dwconv_u8(isa);
  test_dwconv_f32(isa);
  test_vectors(isa);
  printf("%s: %zu comparisons, %zu differences\n", name, checks, failures);
  if (checks == 0) printf("FAILED %s: no kernel was compared\n", name);
  return failures > 0 || checks == 0;
}

int main(void) {
  int failed = 0, ran = 0;
  for (size_t i = 0; i < sizeof sets / sizeof sets[0]; ++i) {
    const int named = mk_isa_is_supported(sets[i].isa);
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
      const int result = run(sets[i].isa, sets[i].name);
      fflush(stdout);
      _exit(result);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) return 2;
    if (!named && WIFSIGNALED(status) && WTERMSIG(status) == SIGILL) {
      printf("%s: skipped, this processor has not got it\n", sets[i].name);
      continue;
    }
    if (WIFSIGNALED(status)) printf("FAILED %s: ended by signal %d\n", sets[i].name, WTERMSIG(status));
    failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    ++ran;
  }
  if (ran == 0) printf("FAILED: this processor has none of the instruction sets\n");
  return failed || ran == 0;
}
