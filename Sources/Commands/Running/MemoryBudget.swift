import CommandLanguage
import Documents
import FoundationEssentials

/// How much memory is left for work, so that what would not fit is refused before it begins.
package struct MemoryBudget: Sendable, Equatable {
  /// Bytes that could still be taken.
  package let available: Int
  /// What sets this limit, as a clause such as `free memory of this machine`.
  package let source: String

  /// What is left now: in the machine, in each control group that the process is in, and of `OCTET_MEMORY`, which sets a
  /// limit for Octet alone, such as `4GB`. The smallest counts.
  ///
  /// - Parameters:
  ///   - root: the folder that stands for the file system's root; for tests.
  ///   - limit: the value of `OCTET_MEMORY`; nil for none.
  package init(root: String = "", limit: String?) {
    let files = SystemFiles(root: root)
    var budgets = [files.machine, files.ownLimit(limit)].compactMap { $0 }
    budgets += files.controlGroups
    self = budgets.min { $0.available < $1.available } ?? MemoryBudget(available: Int.max, source: "nothing known")
  }

  fileprivate init(available: Int, source: String) {
    self.available = max(0, available)
    self.source = source
  }
}

extension CommandContext {
  /// Makes sure that work fits into the memory that is left.
  ///
  /// - Parameters:
  ///   - byteCount: what the work takes at most, about.
  ///   - work: what it is for, such as `8 streams of batch 64`.
  ///   - span: the place of the argument that decides on it.
  ///   - remedy: how to need less.
  /// - Throws: `CommandFailure` with both numbers.
  func requireMemory(_ byteCount: Int, for work: String, at span: SourceSpan, remedy: String) throws {
    let budget = MemoryBudget(limit: session.memoryLimit)
    guard byteCount > budget.available else { return }
    let (needed, left) = (NumberFormat.bytes.string(for: byteCount), NumberFormat.bytes.string(for: budget.available))
    throw CommandFailure(
      "not-enough-memory", "\(work) would take about \(needed) of memory, and \(left) are left (\(budget.source))",
      at: span, help: remedy)
  }
}

extension Int {
  /// The product with other numbers, at most the largest number.
  package func clampedTimes(_ factors: Int...) -> Int {
    factors.reduce(self) { product, factor in
      let (value, overflow) = product.multipliedReportingOverflow(by: factor)
      return overflow ? Int.max : value
    }
  }

  /// The sum with another number, at most the largest number.
  package func clampedPlus(_ other: Int) -> Int {
    let (value, overflow) = addingReportingOverflow(other)
    return overflow ? Int.max : value
  }
}

/// The files in which Linux tells of memory.
private struct SystemFiles {
  let root: String

  /// What the machine has left, with what it would give up without writing to disk.
  var machine: MemoryBudget? {
    guard let available = kibibytes("/proc/meminfo", "MemAvailable") else { return nil }
    return MemoryBudget(available: available, source: "free memory of this machine")
  }

  /// What the user lets Octet take.
  func ownLimit(_ text: String?) -> MemoryBudget? {
    guard let text, let limit = Self.byteCount(text) else { return nil }
    let used = kibibytes("/proc/self/status", "VmRSS") ?? 0
    return MemoryBudget(available: limit - used, source: "OCTET_MEMORY is \(text)")
  }

  /// What each control group that the process is in has left, of version 1 and 2, up to the root.
  var controlGroups: [MemoryBudget] {
    text("/proc/self/cgroup").split(separator: "\n").flatMap { line -> [MemoryBudget] in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3 else { return [] }
      let isSecond = parts[0] == "0" && parts[1].isEmpty
      guard isSecond || parts[1].split(separator: ",").contains("memory") else { return [] }
      return Self.ancestors(of: parts[2]).compactMap { group in
        isSecond
          ? budget(
            "/sys/fs/cgroup\(group)", limit: "memory.max", usage: "memory.current", cache: "inactive_file", group)
          : budget(
            "/sys/fs/cgroup/memory\(group)", limit: "memory.limit_in_bytes", usage: "memory.usage_in_bytes",
            cache: "total_inactive_file", group)
      }
    }
  }

  private func budget(
    _ folder: String, limit: String, usage: String, cache: String, _ group: String
  ) -> MemoryBudget? {
    guard let limit = number("\(folder)/\(limit)"), let usage = number("\(folder)/\(usage)"),
      limit < Self.unlimited
    else { return nil }
    let reclaimable = text("\(folder)/memory.stat").split(separator: "\n").lazy.compactMap { line -> Int? in
      let parts = line.split(separator: " ")
      return parts.count == 2 && parts[0] == cache ? Int(parts[1]) : nil
    }.first
    let name = group.isEmpty ? "the limit of this container" : "the limit of the control group \(group)"
    return MemoryBudget(available: limit - usage + min(reclaimable ?? 0, usage), source: name)
  }

  /// From here on a number of version 1 means that there is no limit.
  private static let unlimited = 1 << 60

  /// A group and those that it is in, as folders below the mount point; the last one is empty.
  private static func ancestors(of group: String) -> [String] {
    let names = group.split(separator: "/").filter { $0 != ".." && $0 != "." }
    return (0...names.count).reversed().map { count in names.prefix(count).map { "/\($0)" }.joined() }
  }

  /// The bytes that a text such as `4GB`, `512MB` or `1000000` stands for.
  static func byteCount(_ text: String) -> Int? {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let factors = ["": 1.0, "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12]
    guard let value = Double(digits), let factor = factors[text.dropFirst(digits.count).uppercased()] else {
      return nil
    }
    return Int(exactly: (value * factor).rounded())
  }

  private func number(_ path: String) -> Int? { Int(text(path).filter { !$0.isWhitespace }) }

  private func kibibytes(_ path: String, _ key: String) -> Int? {
    for line in text(path).split(separator: "\n") {
      let parts = line.split(whereSeparator: { $0 == ":" || $0.isWhitespace })
      if parts.count == 3, parts[0] == key, let value = Int(parts[1]) { return value.clampedTimes(1024) }
    }
    return nil
  }

  private func text(_ path: String) -> String {
    FileManager.default.contents(atPath: root + path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
