import FoundationEssentials
import Glibc
import JupyterMessaging
import Synchronization

/// Reads from `/proc` what this process and the machine use; percentages are of the time since the reading before.
final class UsageMeter: Sendable {
  /// Processor time spent up to a moment, in the system's ticks.
  private struct Times {
    var process = 0
    var busy = 0
    var all = 0
  }

  private let before = Mutex<Times?>(nil)

  /// What is used now.
  func reading() -> UsageReply {
    let now = Times(
      process: Self.processTicks, busy: Self.hostTicks.busy, all: Self.hostTicks.all)
    let earlier = before.withLock { before in
      defer { before = now }
      return before
    }
    let processors = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    var (kernelPercent, hostPercent) = (0.0, 0.0)
    if let earlier, now.all > earlier.all {
      let elapsed = Double(now.all - earlier.all)
      kernelPercent = Double(max(0, now.process - earlier.process)) / elapsed * 100 * Double(processors)
      hostPercent = Double(max(0, now.busy - earlier.busy)) / elapsed * 100
    }
    let memory = Self.fields(of: "/proc/meminfo")
    let hostMemory = memory["MemTotal"].map { total in
      UsageReply.HostMemory(
        total: total, available: memory["MemAvailable"] ?? 0, free: memory["MemFree"] ?? 0)
    }
    return UsageReply(
      hostname: Self.text("/proc/sys/kernel/hostname").filter { !$0.isWhitespace }, processID: Int(getpid()),
      kernelPercent: Self.rounded(kernelPercent), kernelByteCount: Self.fields(of: "/proc/self/status")["VmRSS"] ?? 0,
      hostPercent: Self.rounded(hostPercent), processorCount: processors, hostMemory: hostMemory)
  }

  /// The ticks of all threads of this process, in user and in system mode (fields 14 and 15 of `/proc/self/stat`).
  private static var processTicks: Int {
    let text = text("/proc/self/stat")
    guard let nameEnd = text.lastIndex(of: ")") else { return 0 }
    let fields = text[text.index(after: nameEnd)...].split(separator: " ")
    guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else { return 0 }
    return user + system
  }

  /// The ticks of all processors together, and those of them in which something ran (the first line of `/proc/stat`).
  private static var hostTicks: (busy: Int, all: Int) {
    let line = text("/proc/stat").split(separator: "\n").first ?? ""
    let ticks = line.split(separator: " ").dropFirst().prefix(8).compactMap { Int($0) }
    guard ticks.count >= 5 else { return (0, 0) }
    let all = ticks.reduce(0, +)
    return (all - ticks[3] - ticks[4], all)
  }

  /// The lines `Key: 123 kB` of a file, in bytes.
  private static func fields(of path: String) -> [String: Int] {
    var fields: [String: Int] = [:]
    for line in text(path).split(separator: "\n") {
      let parts = line.split(whereSeparator: { $0 == ":" || $0.isWhitespace })
      guard parts.count == 3, parts[2] == "kB", let kibibytes = Int(parts[1]) else { continue }
      fields[String(parts[0])] = kibibytes.multipliedReportingOverflow(by: 1024).partialValue
    }
    return fields
  }

  private static func text(_ path: String) -> String {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return "" }
    return String(decoding: data, as: UTF8.self)
  }

  private static func rounded(_ percent: Double) -> Double { (percent * 10).rounded() / 10 }
}
