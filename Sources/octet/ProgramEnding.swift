import Glibc

/// Why the program ends, with what it says on standard error.
struct ProgramEnding: Error {
  /// The status of success.
  static let success: Int32 = 0
  /// The status where a program or a check failed.
  static let failure: Int32 = 1
  /// The status where arguments or files are wrong.
  static let wrongArguments: Int32 = 2
  /// The status where a model needs what Octet lacks.
  static let unsupported: Int32 = 3

  let status: Int32
  let message: String

  init(_ status: Int32, _ message: String = "") {
    self.status = status
    self.message = message
  }

  /// Ends the process.
  static func exit(with status: Int32) -> Never { Glibc.exit(status) }
}
