import FoundationEssentials
import JupyterMessaging

/// The whole of what one cell prints, where that is more than a notebook shows.
struct OverflowFile: Sendable {
  /// Bytes of one file at most.
  private static let largestSize = 1024 * 1024 * 1024
  /// Files that are kept; older ones are removed when one more is made.
  private static let keptCount = 20
  private static let bufferSize = 64 * 1024

  /// Where the file lies.
  let path: String
  /// Whether everything went into it.
  private(set) var isComplete = true
  private let file: AppendOnlyFile
  private var buffer: [UInt8] = []
  private var size = 0

  /// Creates a file in `folder`; nil where that is not possible.
  init?(folder: String, executionCount: Int) {
    Self.removeOldest(in: folder)
    path = "\(folder)/cell-\(executionCount)-\(RandomIdentifier.make().prefix(8)).txt"
    guard let file = try? AppendOnlyFile(path: path) else { return nil }
    self.file = file
  }

  /// Appends text.
  mutating func append(_ text: String) {
    guard isComplete else { return }
    buffer += text.utf8
    if buffer.count >= Self.bufferSize { flush() }
  }

  /// Writes what was appended.
  mutating func flush() {
    guard isComplete, !buffer.isEmpty else { return }
    size += buffer.count
    isComplete = size <= Self.largestSize && (try? file.append(buffer)) != nil
    buffer = []
  }

  /// Leaves room for one more file.
  private static func removeOldest(in folder: String) {
    let manager = FileManager.default
    let dated = ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasPrefix("cell-") }.map {
      name -> (path: String, date: Date) in
      let path = "\(folder)/\(name)"
      let date = (try? manager.attributesOfItem(atPath: path))?[.modificationDate] as? Date
      return (path, date ?? .distantPast)
    }
    for file in dated.sorted(by: { $0.date < $1.date }).dropLast(keptCount - 1) {
      try? manager.removeItem(atPath: file.path)
    }
  }
}
