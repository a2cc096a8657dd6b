import Testing
import CMicrokernels
@Test func a() { #expect(mk_isa_is_supported(MK_ISA_AVX2) != 0) }
