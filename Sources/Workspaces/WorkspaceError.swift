/// Why a workspace cannot be used.
public struct WorkspaceError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: String, Sendable {
    /// The file cannot be opened, read or written.
    case unusable
    /// The file is not a workspace, or damaged.
    case damaged
    /// The file was written by a newer version.
    case newer
    /// Another process did not let go of the file.
    case busy
    /// Nothing has this number.
    case unknown
    /// The content of an exported project is not what its hashes say.
    case mismatch
  }

  /// The kind of failure.
  public let code: Code
  /// What is wrong.
  public let message: String
  /// What to do about it.
  public let remedy: String

  /// An error.
  public init(_ code: Code, _ message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }

  /// What is wrong and what to do about it.
  public var description: String { "\(message); \(remedy)" }
}
