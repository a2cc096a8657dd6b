internal import CMicrokernels
internal import Glibc

/// A set of processor instructions that microkernels are written for.
public enum InstructionSet: String, Sendable, CaseIterable {
  case scalar
  /// AVX2 and FMA.
  case avx2
  /// AVX2 with the 8-bit dot product of AVX-VNNI.
  case avxvnni
  /// AVX-512 F, BW, VL, DQ and VNNI.
  case avx512vnni
  /// Armv8.2 with the dot product.
  case neon

  var tier: mk_isa {
    switch self {
    case .scalar: MK_ISA_SCALAR
    case .avx2: MK_ISA_AVX2
    case .avxvnni: MK_ISA_AVXVNNI
    case .avx512vnni: MK_ISA_AVX512VNNI
    case .neon: MK_ISA_NEONDOT
    }
  }

  /// Whether this machine can run it.
  public var isSupported: Bool { mk_isa_is_supported(tier) != 0 }

  /// The instruction sets that this machine can run, in rising order of speed.
  public static var supported: [InstructionSet] { allCases.filter(\.isSupported) }

  /// Those that a plan for this one may take kernels from, best first.
  var fallbacks: [InstructionSet] {
    switch self {
    case .scalar: [.scalar]
    case .avx2: [.avx2, .scalar]
    case .avxvnni: [.avxvnni, .avx2, .scalar]
    case .avx512vnni: [.avx512vnni, .avxvnni, .avx2, .scalar].filter(\.isSupported)
    case .neon: [.neon, .scalar]
    }
  }

  /// The one in use: what OCTET_ISA names, else the best that this machine has.
  ///
  /// - Throws: `InferenceError.unsupportedInstructionSet` if OCTET_ISA names none, or one that the machine has not.
  public static func selected() throws(InferenceError) -> InstructionSet {
    let best = supported.last ?? .scalar
    guard let raw = unsafe getenv("OCTET_ISA") else { return best }
    let name = unsafe String(cString: raw)
    if name.isEmpty { return best }
    let choices = supported.map(\.rawValue).joined(separator: ", ")
    guard let set = InstructionSet(rawValue: name), set.isSupported else {
      throw InferenceError(
        .unsupportedInstructionSet,
        "OCTET_ISA is “\(name)”; this machine can run \(choices): set it to one of these or leave it out")
    }
    return set
  }
}
