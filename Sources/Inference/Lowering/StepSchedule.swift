internal import Tensors

/// The order in which a plan's steps run, and where threads wait for each other in between.
///
/// Waiting costs each time, and more where the threads' shares did not come out even. So steps that do not depend on each
/// other, as the branches of an Inception module, stand side by side in one group, and within a group no thread waits.
/// A step of which each part reads only what the same part of a step before wrote may stand in that step's group too.
struct StepSchedule {
  /// The steps in the order in which one thread does them.
  private(set) var steps: [any PlanStep] = []
  /// The groups, in order: neighbouring steps.
  private(set) var groups: [Range<Int>] = []
  /// For each step that reads what a step of its own group wrote, how both divide their rows; nil for the others.
  private(set) var chains: [RowDivision?] = []
  /// For each step, whether threads share it; one that they do not share is a group by itself.
  private(set) var areShared: [Bool] = []

  /// How far a step may be brought forward: tensors of branches that run side by side are held at the same time.
  private static let window = 8
  /// Work below this is done by one thread alone; about two microseconds.
  private static let smallestSharedWork = Double(1 << 16)
  /// The most steps of a group.
  private static let largestGroup = 16

  /// Arranges steps that stand in an order in which they can run one after the other.
  init(_ steps: [any PlanStep]) {
    // The next one is the last, so that it is taken without moving the others.
    var waiting = Array(steps.map(Entry.init).reversed())
    while let first = waiting.popLast() {
      let start = self.steps.count
      append(first, chain: nil)
      var group = [first]
      var passed = 0
      while first.isShared, passed < min(waiting.count, Self.window), group.count < Self.largestGroup {
        let index = waiting.count - 1 - passed
        switch waiting[index].placement(in: group, passing: waiting[(index + 1)...]) {
        case .beside:
          group.append(waiting.remove(at: index))
          append(group[group.count - 1], chain: nil)
        case .behind(let division):
          group.append(waiting.remove(at: index))
          append(group[group.count - 1], chain: division)
        case nil: passed += 1
        }
      }
      groups.append(start..<self.steps.count)
    }
    self.steps = self.steps.askingAhead()
  }

  private mutating func append(_ entry: Entry, chain: RowDivision?) {
    steps.append(entry.step)
    chains.append(chain)
    areShared.append(entry.isShared)
  }

  /// The groups for a number of threads: split where these would not divide the rows of two steps alike.
  func groups(threads: Int) -> [Range<Int>] {
    let part = WorkPart(index: 0, count: threads)
    return groups.flatMap { group in
      var pieces: [Range<Int>] = []
      var start = group.lowerBound
      for index in group where index > start {
        guard let chain = chains[index], part.dividesChannels(pixels: chain.pixels) else { continue }
        pieces.append(start..<index)
        start = index
      }
      return pieces + [start..<group.upperBound]
    }
  }

  /// Where a step stands in a group.
  private enum Placement {
    /// It does not depend on the others.
    case beside
    /// It reads rows that others wrote, which are divided alike.
    case behind(RowDivision)
  }

  /// A step with what it reads and writes.
  private struct Entry {
    let step: any PlanStep
    let reads: [Location]
    let writes: [Location]
    let division: RowDivision?
    let isShared: Bool

    init(_ step: any PlanStep) {
      self.step = step
      reads = step.reads
      writes = step.writes
      division = step.rowDivision
      isShared = step.isDivisible && step.workEstimate >= StepSchedule.smallestSharedWork
    }

    /// How the step may run in a group, before steps that it passes; nil if it may not.
    func placement(in group: [Entry], passing passed: ArraySlice<Entry>) -> Placement? {
      guard isShared, passed.allSatisfy({ !dependsOn($0) }) else { return nil }
      var placement = Placement.beside
      for other in group where dependsOn(other) {
        guard let division, division == other.division, readsOnlyRows(of: other) else { return nil }
        placement = .behind(division)
      }
      return placement
    }

    /// Whether the order of two steps matters.
    private func dependsOn(_ other: Entry) -> Bool {
      reads.contains { read in other.writes.contains { $0.buffer == read.buffer } }
        || writes.contains { write in
          other.reads.contains { $0.buffer == write.buffer } || other.writes.contains { !write.isApart(from: $0) }
        }
    }

    /// Whether all that the steps have in common is what the other one writes and this one reads, with rows that lie
    /// alike.
    private func readsOnlyRows(of other: Entry) -> Bool {
      reads.allSatisfy { read in
        other.writes.allSatisfy { $0.buffer != read.buffer || $0.layout.pixelStride == read.layout.pixelStride }
      }
        && writes.allSatisfy { write in
          other.reads.allSatisfy { $0.buffer != write.buffer } && other.writes.allSatisfy { write.isApart(from: $0) }
        }
    }
  }
}

extension Location {
  /// Whether two locations have no element in common: other buffers, or other channels of the same pixels.
  fileprivate func isApart(from other: Location) -> Bool {
    guard buffer == other.buffer else { return true }
    guard layout.order == .channelsLast, other.layout.order == .channelsLast,
      layout.elementType == other.layout.elementType, layout.pixelStride == other.layout.pixelStride
    else { return false }
    let size = layout.elementType.byteCount
    return byteOffset + layout.channels * size <= other.byteOffset
      || other.byteOffset + other.layout.channels * size <= byteOffset
  }
}
