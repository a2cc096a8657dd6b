import Commands
import Foundation
import Testing

@Suite struct MemoryBudgetTests {
  /// A file system with some of Linux's files.
  private func root(_ files: [String: String]) throws -> String {
    let root = FileManager.default.temporaryDirectory.appending(path: "octet-memory-\(UUID().uuidString)")
    for (path, text) in files {
      let file = root.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    return root.path
  }

  private let machine = [
    "proc/meminfo": "MemTotal:  8000000 kB\nMemFree: 100 kB\nMemAvailable:    4000000 kB\n",
    "proc/self/status": "Name: octet\nVmRSS:\t   100000 kB\n",
  ]

  @Test func `the machine's free memory is the limit where there is no other`() throws {
    let budget = MemoryBudget(root: try root(machine), limit: nil)
    #expect(budget.available == 4_000_000 * 1024)
    #expect(budget.source == "free memory of this machine")
  }

  @Test func `a control group of version 2 counts with all that it is in, and what it can reclaim`() throws {
    let files = machine.merging([
      "proc/self/cgroup": "0::/user.slice/lab.scope\n", "sys/fs/cgroup/user.slice/memory.max": "2000000000\n",
      "sys/fs/cgroup/user.slice/memory.current": "1500000000\n",
      "sys/fs/cgroup/user.slice/memory.stat": "anon 5\ninactive_file 200000000\n",
      "sys/fs/cgroup/user.slice/lab.scope/memory.max": "max\n",
      "sys/fs/cgroup/user.slice/lab.scope/memory.current": "7\n",
    ]) { $1 }
    let budget = MemoryBudget(root: try root(files), limit: nil)
    #expect(budget.available == 700_000_000)
    #expect(budget.source == "the limit of the control group /user.slice")
  }

  @Test func `a container's own limit is found at its root`() throws {
    let files = machine.merging([
      "proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "1000000000\n",
      "sys/fs/cgroup/memory.current": "900000000\n",
    ]) { $1 }
    let budget = MemoryBudget(root: try root(files), limit: nil)
    #expect(budget.available == 100_000_000)
    #expect(budget.source == "the limit of this container")
  }

  @Test func `a control group of version 1 counts unless it has no limit`() throws {
    func budget(_ limit: String) throws -> MemoryBudget {
      let files = machine.merging([
        "proc/self/cgroup": "5:cpu:/a\n4:memory:/docker/x\n",
        "sys/fs/cgroup/memory/docker/x/memory.limit_in_bytes": limit,
        "sys/fs/cgroup/memory/docker/x/memory.usage_in_bytes": "600000000\n",
        "sys/fs/cgroup/memory/docker/x/memory.stat": "inactive_file 1\ntotal_inactive_file 100000000\n",
      ]) { $1 }
      return MemoryBudget(root: try root(files), limit: nil)
    }
    #expect(try budget("1000000000\n").available == 500_000_000)
    #expect(try budget("9223372036854771712\n").available == 4_000_000 * 1024)
  }

  @Test(arguments: [("1GB", 1_000_000_000), ("500MB", 500_000_000), ("300000000", 300_000_000), ("0.5gb", 500_000_000)])
  func `OCTET_MEMORY limits Octet alone`(text: String, limit: Int) throws {
    let budget = MemoryBudget(root: try root(machine), limit: text)
    #expect(budget.available == limit - 100_000 * 1024)
    #expect(budget.source == "OCTET_MEMORY is \(text)")
  }

  @Test func `an overdrawn limit leaves nothing, and nonsense is no limit`() throws {
    #expect(MemoryBudget(root: try root(machine), limit: "1MB").available == 0)
    #expect(MemoryBudget(root: try root(machine), limit: "much").available == 4_000_000 * 1024)
    #expect(MemoryBudget(root: try root([:]), limit: nil).available == Int.max)
  }

  @Test func `sizes never overflow`() {
    #expect(Int.max.clampedTimes(2) == Int.max)
    #expect((1 << 40).clampedTimes(1 << 20, 1 << 20) == Int.max)
    #expect(Int.max.clampedPlus(1) == Int.max)
    #expect(3.clampedTimes(4, 5) == 60)
  }
}
