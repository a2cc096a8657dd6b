/// Finds the combination of streams and batch with the highest throughput under a limit of the latency without trying all.
///
/// A pattern search (Hooke and Jeeves, Direct search, JACM 1961): from where it is, it looks so many places away in each of
/// the eight directions of the grid, goes to the best place that it finds, and halves the distance where none is better. It
/// ends at a place without a better neighbour. More streams and a larger batch never make an inference faster, so places
/// beyond one that is well above the limit are not tried.
public struct ConfigurationSearch: Sendable {
  /// How far above the limit a latency is before what lies beyond is taken to exceed it too; measurements vary.
  private static let margin = 1.1

  private struct Place: Hashable {
    var stream: Int
    var batch: Int
  }

  /// The grid.
  public let grid: ConfigurationGrid
  /// The largest latency that is accepted, in seconds; nil for any.
  public let latencyLimit: Double?

  /// A search.
  public init(_ grid: ConfigurationGrid, latencyLimit: Double? = nil) {
    self.grid = grid
    self.latencyLimit = latencyLimit
  }

  /// Tries combinations until none near the best is better.
  ///
  /// - Parameter measure: the throughput in images a second and the latency in seconds of a combination; nil for one that
  ///   cannot be tried. Asked at most once for each.
  /// - Returns: the best combination; nil where none keeps the limit.
  /// - Throws: what `measure` throws.
  public func best(
    measure: (BenchmarkConfiguration) throws -> (throughput: Double, latency: Double)?
  ) rethrows -> BenchmarkConfiguration? {
    guard grid.count > 0 else { return nil }
    var known: [Place: (throughput: Double, latency: Double)?] = [:]
    /// The throughput; nil where the limit is not kept, or the place not tried.
    func score(_ place: Place) throws -> Double? {
      if known.index(forKey: place) == nil, !isBeyond(place, known) {
        known.updateValue(try measure(configuration(place)), forKey: place)
      }
      guard let found = known[place] ?? nil, latencyLimit.map({ found.latency <= $0 }) ?? true else { return nil }
      return found.throughput
    }
    // As many streams as there are threads is where the best mostly lies; the smallest place is the fastest one.
    let busy = grid.streams.lastIndex { $0 <= grid.threads } ?? 0
    var best: (place: Place, throughput: Double)?
    for start in [Place(stream: busy, batch: 0), Place(stream: 0, batch: 0)] {
      guard let throughput = try score(start) else { continue }
      var here = (place: start, throughput: throughput)
      var step = max(grid.streams.count, grid.batches.count) / 2
      while step > 0 {
        var next = here
        for place in neighbours(of: here.place, at: step) {
          if let throughput = try score(place), throughput > next.throughput { next = (place, throughput) }
        }
        if next.place == here.place { step /= 2 } else { here = next }
      }
      if here.throughput > best?.throughput ?? -.infinity { best = here }
    }
    return best.map { configuration($0.place) }
  }

  private func configuration(_ place: Place) -> BenchmarkConfiguration {
    BenchmarkConfiguration(
      streams: grid.streams[place.stream], batch: grid.batches[place.batch], threads: grid.threads)
  }

  /// Whether a place lies beyond one that is well above the limit.
  private func isBeyond(_ place: Place, _ known: [Place: (throughput: Double, latency: Double)?]) -> Bool {
    guard let latencyLimit else { return false }
    return known.contains { other, found in
      guard let found else { return false }
      return found.latency > latencyLimit * Self.margin && place.stream >= other.stream && place.batch >= other.batch
    }
  }

  private func neighbours(of place: Place, at step: Int) -> [Place] {
    var found: [Place] = []
    for stream in [0, step, -step] {
      for batch in [0, step, -step] where stream != 0 || batch != 0 {
        let other = Place(
          stream: min(max(place.stream + stream, 0), grid.streams.count - 1),
          batch: min(max(place.batch + batch, 0), grid.batches.count - 1))
        if other != place, !found.contains(other) { found.append(other) }
      }
    }
    return found
  }
}
