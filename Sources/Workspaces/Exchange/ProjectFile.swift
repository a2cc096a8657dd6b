import Crypto
import FoundationEssentials
import GRDB

/// A project in one file, which can be moved to another machine: a SQLite database with the tables of a workspace, and the
/// files of the models and the dataset with their SHA-256.
public enum ProjectFile {
  /// A file that goes along.
  public struct Entry: Sendable, Hashable {
    /// Where its content comes from.
    public enum Content: Sendable, Hashable {
      /// A file.
      case file(String)
      /// These bytes.
      case bytes([UInt8])
    }

    /// Its path within the project, with `/` between folders.
    public let path: String
    /// Its content.
    public let content: Content

    /// A file.
    public init(_ path: String, _ content: Content) {
      self.path = path
      self.content = content
    }
  }

  /// What a file holds, or what came out of one.
  public struct Summary: Sendable, Hashable {
    /// The paths of the files within the project, in order, with their sizes.
    public let files: [(path: String, byteCount: Int)]
    /// How many runs there are; of an import, those that were not there before.
    public let runCount: Int
    /// How many reports there are; of an import, those that were not there before.
    public let reportCount: Int
    /// The statements that load the models and the dataset, with paths within the project.
    public let statements: [String]

    /// A summary.
    public init(
      files: [(path: String, byteCount: Int)], runCount: Int, reportCount: Int, statements: [String]
    ) {
      self.files = files
      self.runCount = runCount
      self.reportCount = reportCount
      self.statements = statements
    }

    /// Compares all but the names of the tuple.
    public static func == (left: Summary, right: Summary) -> Bool {
      left.files.elementsEqual(right.files, by: ==) && left.runCount == right.runCount
        && left.reportCount == right.reportCount && left.statements == right.statements
    }

    /// Hashes the statements and counts.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(statements)
      hasher.combine(runCount)
      hasher.combine(files.count)
    }
  }

  /// The largest file that goes along: what SQLite keeps in one row.
  static let largestByteCount = 999_000_000
  /// The present form.
  static let format = 1

  static let tables = """
    CREATE TABLE project_file (format INTEGER NOT NULL, statements TEXT NOT NULL, made REAL NOT NULL) STRICT;
    CREATE TABLE file (
      path TEXT PRIMARY KEY NOT NULL, sha256 TEXT NOT NULL, byte_count INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
    """

  static func digest(_ data: Data) -> String {
    SHA256.hash(data: data).map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }

  /// Whether a path stays within the folder that it is put into.
  static func isSafe(_ path: String) -> Bool {
    // Scalars, since a combining mark behind a slash makes one character of the two.
    let parts = path.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return !path.utf8.contains(0) && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }
}
