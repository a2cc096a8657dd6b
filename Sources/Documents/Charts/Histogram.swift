/// How often values fall into each of several intervals that touch.
public struct Histogram: Sendable, Equatable, Codable {
  /// The edges of the intervals in ascending order, one more than there are counts.
  public private(set) var edges: [Double]
  /// How many values lie in each interval; an interval holds its lower edge, the last one also its upper.
  public private(set) var counts: [Int]
  /// What the values are.
  public var axis: Axis
  /// What is counted, such as `Images`.
  public var countTitle: String

  /// Creates a histogram from counts; where edges and counts do not fit each other, the surplus is dropped.
  public init(edges: [Double], counts: [Int], axis: Axis, countTitle: String) {
    let count = max(min(edges.count - 1, counts.count), 0)
    self.edges = Array(edges.prefix(count + 1))
    self.counts = Array(counts.prefix(count))
    self.axis = axis
    self.countTitle = countTitle
  }

  /// Counts values in intervals with round edges, about `binCount` of them; values that are not finite are left out.
  public init(of values: [Double], binCount: Int = 20, axis: Axis, countTitle: String) {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else {
      self.init(edges: [], counts: [], axis: axis, countTitle: countTitle)
      return
    }
    let ticks = Ticks(from: low, to: high, about: min(max(binCount, 1), 1000))
    var edges = ticks.values
    while let last = edges.last, edges.count > 2, edges[edges.count - 2] >= high, last > high { edges.removeLast() }
    var counts = [Int](repeating: 0, count: max(edges.count - 1, 0))
    for value in finite {
      let bin = (edges.firstIndex { $0 > value } ?? edges.count) - 1
      if !counts.isEmpty { counts[min(max(bin, 0), counts.count - 1)] += 1 }
    }
    self.init(edges: edges, counts: counts, axis: axis, countTitle: countTitle)
  }
}

extension Histogram {
  /// Reads a histogram that was written down; it is empty unless its edges ascend and its counts are possible.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let edges = try fields.decode([Double].self, forKey: .edges)
    let counts = try fields.decode([Int].self, forKey: .counts)
    let isPossible =
      edges.allSatisfy { $0.isFinite && abs($0) < 1e300 } && zip(edges, edges.dropFirst()).allSatisfy(<)
      && counts.allSatisfy { (0...1_000_000_000_000).contains($0) }
    self.init(
      edges: isPossible ? edges : [], counts: isPossible ? counts : [],
      axis: try fields.decode(Axis.self, forKey: .axis), countTitle: try fields.decode(String.self, forKey: .countTitle)
    )
  }
}
