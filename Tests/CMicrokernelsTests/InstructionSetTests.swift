import CMicrokernels
import Foundation
import Testing

@Suite struct InstructionSetTests {
  /// Linux lists the same features, read by other code.
  @Test func `support agrees with the operating system`() throws {
    let info = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    let line = info.split(separator: "\n").first { $0.hasPrefix("flags") || $0.hasPrefix("Features") }
    let flags = Set((line ?? "").split(separator: " ").map(String.init))
    let needed: [(mk_isa, Set<String>)] = [
      (MK_ISA_SCALAR, []), (MK_ISA_AVX2, ["avx2", "fma"]), (MK_ISA_AVXVNNI, ["avx2", "fma", "avx_vnni"]),
      (MK_ISA_AVX512VNNI, ["avx512f", "avx512bw", "avx512vl", "avx512dq", "avx512_vnni"]), (MK_ISA_NEONDOT, ["asimddp"]),
    ]
    for (isa, features) in needed {
      #expect((mk_isa_is_supported(isa) != 0) == features.isSubset(of: flags), "\(features)")
    }
  }

  @Test func `an unknown instruction set is not supported`() {
    #expect(mk_isa_is_supported(mk_isa(rawValue: 99)) == 0)
    #expect(unsafe mk_vector_functions_for(mk_isa(rawValue: 99)).pointee.isa == MK_ISA_SCALAR)
  }
}
