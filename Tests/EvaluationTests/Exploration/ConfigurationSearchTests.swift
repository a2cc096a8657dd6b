import Evaluation
import Testing

@Suite struct ConfigurationSearchTests {
  /// A machine by Amdahl's law: an inference has a fixed part and one that grows with the batch; streams beyond the
  /// processors share them, and each costs a little.
  struct Machine: CustomTestStringConvertible {
    var processors: Double
    var fixed: Double
    var perImage: Double
    var overhead: Double
    var testDescription: String { "\(processors) processors, \(fixed) + \(perImage) a image, \(overhead) a stream" }

    func measure(_ configuration: BenchmarkConfiguration) -> (throughput: Double, latency: Double) {
      let (streams, batch) = (Double(configuration.streams), Double(configuration.batch))
      let sharing = max(streams / processors, 1)
      let latency = (fixed + perImage * batch) * sharing * (1 + overhead * streams)
      return (streams * batch / latency, latency)
    }
  }

  static let machines = [
    Machine(processors: 2, fixed: 1, perImage: 1, overhead: 0.01),
    Machine(processors: 8, fixed: 4, perImage: 0.5, overhead: 0.05),
    Machine(processors: 3, fixed: 0.1, perImage: 2, overhead: 0.2),
    Machine(processors: 16, fixed: 2, perImage: 0.1, overhead: 0.002),
  ]

  @Test(arguments: machines, [nil, 3, 6, 20] as [Double?])
  func `finds what trying all finds, without trying all`(machine: Machine, limit: Double?) throws {
    let grid = ConfigurationGrid(streams: Array(1...16), batches: [1, 2, 4, 8, 16, 32, 64], threads: 8)
    let allowed = grid.configurations.filter { configuration in
      limit.map { machine.measure(configuration).latency <= $0 } ?? true
    }
    let wanted = allowed.map { machine.measure($0).throughput }.max()
    var tried: [BenchmarkConfiguration] = []
    let found = ConfigurationSearch(grid, latencyLimit: limit).best { configuration in
      tried.append(configuration)
      return machine.measure(configuration)
    }
    #expect(Set(tried).count == tried.count)
    #expect(tried.count < grid.count / 2)
    guard let wanted else {
      #expect(found == nil)
      return
    }
    let throughput = machine.measure(try #require(found)).throughput
    #expect(throughput >= 0.98 * wanted, "\(throughput) of \(wanted)")
    if let limit { #expect(machine.measure(try #require(found)).latency <= limit) }
  }

  @Test func `places that cannot be tried are passed over`() {
    let grid = ConfigurationGrid(streams: [1, 2, 2, 0], batches: [4, 1], threads: 2)
    #expect(grid.count == 4)
    let found = ConfigurationSearch(grid).best { $0.batch == 4 ? nil : (Double($0.streams), 1) }
    #expect(found == BenchmarkConfiguration(streams: 2, batch: 1, threads: 2))
    #expect(ConfigurationSearch(grid).best { _ in nil } == nil)
    #expect(ConfigurationSearch(ConfigurationGrid(streams: [], batches: [1], threads: 1)).best { _ in (1, 1) } == nil)
  }
}
