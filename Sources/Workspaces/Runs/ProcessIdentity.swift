import FoundationEssentials

/// Names a process such that no later one has the same name.
struct ProcessIdentity: Hashable {
  private let boot: String
  private let number: Int
  private let start: String

  /// This process.
  static let current = ProcessIdentity(number: Int(ProcessInfo.processInfo.processIdentifier))

  private init?(number: Int) {
    guard let boot = Self.boot, let start = Self.start(ofProcess: number) else { return nil }
    (self.boot, self.number, self.start) = (boot, number, start)
  }

  /// Reads what `text` wrote.
  init?(_ text: String) {
    let parts = text.split(separator: " ").map(String.init)
    guard parts.count == 3, let number = Int(parts[1]) else { return nil }
    (boot, self.number, start) = (parts[0], number, parts[2])
  }

  /// One line.
  var text: String { "\(boot) \(number) \(start)" }

  /// Whether the process has ended; false where that cannot be known, since it runs on another machine.
  var hasEnded: Bool {
    guard let present = Self.boot else { return false }
    return present == boot && Self.start(ofProcess: number) != start
  }

  /// A name of the machine's present start.
  private static let boot: String? = contents("/proc/sys/kernel/random/boot_id")?.filter { !$0.isWhitespace }

  /// When a process began, in ticks since the machine started: the 22nd field, counted behind the name in parentheses.
  private static func start(ofProcess number: Int) -> String? {
    guard let line = contents("/proc/\(number)/stat"), let end = line.lastIndex(of: ")") else { return nil }
    let fields = line[line.index(after: end)...].split(separator: " ")
    return fields.count > 19 ? String(fields[19]) : nil
  }

  private static func contents(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
