/// Why a packaged model cannot be opened or run.
public struct DeploymentError: Error, Sendable {
  /// The kind of failure.
  public enum Code: Int32, Sendable {
    /// What the caller gave is not possible.
    case invalidArgument = 1
    /// The package is incomplete, damaged, or of another version.
    case invalidPackage = 2
    /// A picture cannot be read or prepared.
    case invalidPicture = 3
    /// There is not enough memory.
    case outOfMemory = 4
    /// The processor or the network is not one that can be run.
    case unsupported = 5
  }

  /// The kind of failure.
  public let code: Code
  /// One sentence: what is wrong and, behind a semicolon, what to do.
  public let message: String

  /// Makes an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
