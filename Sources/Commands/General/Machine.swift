import FoundationEssentials

/// What is known of the machine that the program runs on.
struct Machine {
  /// The name of the operating system, as `Debian GNU/Linux 12 (bookworm)`.
  let system: String
  /// The version of its kernel.
  let kernel: String
  /// The processor's name.
  let processor: String
  /// The kind of processor that the program was built for.
  let architecture: String
  /// The memory of the machine in bytes.
  let memoryByteCount: Int

  init() {
    let release = Self.text("/etc/os-release")
    system = Self.value(of: "PRETTY_NAME", in: release, separator: "=")?.filter { $0 != "\"" } ?? "Linux"
    kernel = "Linux " + (Self.text("/proc/sys/kernel/osrelease").split(separator: "\n").first.map(String.init) ?? "")
    let processors = Self.text("/proc/cpuinfo")
    processor =
      ["model name", "Model", "Hardware"].lazy
      .compactMap { Self.value(of: $0, in: processors, separator: ":") }.first ?? "unknown"
    memoryByteCount = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    #if arch(x86_64)
      architecture = "x86-64"
    #elseif arch(arm64)
      architecture = "AArch64"
    #else
      architecture = "another architecture"
    #endif
  }

  private static func text(_ path: String) -> String {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// What stands behind the first line's separator that begins with a key.
  private static func value(of key: String, in text: String, separator: Character) -> String? {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, trimmed(parts[0]) == key else { continue }
      return trimmed(parts[1])
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
