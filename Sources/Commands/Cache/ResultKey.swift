import Crypto
import FoundationEssentials
import Inference

/// The name of a result: a hash of all that it depends on.
package struct ResultKey {
  private var text: String

  /// Begins with what every result depends on: the program.
  package init(_ kind: ResultKind) {
    text = ""
    add("kind", kind.rawValue)
    add("program", Self.program)
  }

  /// Adds something that the result depends on.
  package mutating func add(_ name: String, _ value: String) { text += "\(name) \(value.utf8.count) \(value)\n" }

  /// Adds the instruction set that computes, since floating-point sums depend on it.
  mutating func addInstructionSet() { add("instructions", (try? InstructionSet.selected().rawValue) ?? "none") }

  /// 64 hexadecimal digits.
  package var name: String { FileDigest.ofText(text) }

  /// The version and, since it stays the same while the program is worked on, the size and time of the program's file.
  private static let program: String = {
    guard let status = FileStatus(path: "/proc/self/exe") else { return OctetVersion.current }
    return "\(OctetVersion.current) \(status.byteCount) \(status.modified)"
  }()
}
