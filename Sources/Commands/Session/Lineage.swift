/// Which cell of a notebook made which name of what, so that names that are out of date can be told.
///
/// A name is out of date when something that it was made of has been made anew by the same cell in another way, is no longer
/// made by it, or is out of date itself. That a later cell gives a name a new meaning is no reason: what was made of the
/// earlier one still is what the notebook would give.
public struct Lineage: Sendable {
  /// What is wrong with a name.
  public enum Problem: Sendable, Hashable {
    /// Something that the name was made of is not as it was.
    case outOfDate(input: String)
    /// The cell that made it was deleted.
    case cellDeleted
    /// The cell that made it no longer does.
    case notMadeAnyMore
  }

  /// A name that cannot be trusted.
  public struct Warning: Sendable, Hashable {
    /// The name.
    public let name: String
    /// What is wrong with it.
    public let problem: Problem
    /// The statement that made it.
    public let statement: String
  }

  /// The place of a name in a cell.
  private struct Slot: Hashable {
    let cell: String
    let name: String
  }

  private struct Definition {
    /// Tells meanings of a name apart.
    let stamp: Int
    let slot: Slot
    let statement: String
    let fingerprint: String
    let inputs: [Slot: Int]
  }

  /// What a cell that runs has done so far.
  private struct Run {
    var assigned: Set<Slot> = []
    /// The names that were out of date when it began.
    let problemsBefore: Set<String>
  }

  private var meanings: [String: Definition] = [:]
  private var slots: [Slot: Definition] = [:]
  private var deletedCells: Set<String> = []
  /// The cells that run; several do where there are subshells.
  private var running: [String: Run] = [:]
  private var lastStamp = 0

  /// Nothing known yet.
  public init() {}

  /// A cell begins to run.
  ///
  /// - Parameter deleted: cells that were deleted from the notebook since the last one ran.
  public mutating func begin(cell: String, deleted: [String] = []) {
    running[cell] = Run(problemsBefore: Set(meanings.keys.filter { problem(of: $0) != nil }))
    deletedCells.formUnion(deleted)
    deletedCells.remove(cell)
  }

  /// The running cell has given a name a meaning.
  ///
  /// - Parameters:
  ///   - statement: the statement in its canonical form.
  ///   - inputs: the names that it reads.
  ///   - fingerprint: what tells apart values that the same statement gives at different times, such as a file's hash.
  public mutating func assign(
    _ name: String, in cell: String, statement: String, reading inputs: some Sequence<String>, fingerprint: String = ""
  ) {
    let slot = Slot(cell: cell, name: name)
    var stamps: [Slot: Int] = [:]
    for input in inputs {
      if let meaning = meanings[input] { stamps[meaning.slot] = meaning.stamp }
    }
    running[cell]?.assigned.insert(slot)
    if let known = slots[slot], known.statement == statement, known.fingerprint == fingerprint, known.inputs == stamps {
      meanings[name] = known
      return
    }
    lastStamp += 1
    let definition = Definition(
      stamp: lastStamp, slot: slot, statement: statement, fingerprint: fingerprint, inputs: stamps)
    slots[slot] = definition
    meanings[name] = definition
  }

  /// The running cell has ended; gives the names that have become out of date by it, in order.
  ///
  /// - Parameter isFinished: whether it ran to its end, so that what it no longer makes is known.
  public mutating func end(cell: String, isFinished: Bool) -> [Warning] {
    guard let run = running.removeValue(forKey: cell) else { return [] }
    if isFinished {
      for slot in slots.keys where slot.cell == cell && !run.assigned.contains(slot) { slots[slot] = nil }
    }
    return meanings.keys.sorted().filter { !run.problemsBefore.contains($0) }.compactMap(warning)
  }

  /// What is wrong with the names that a statement reads, in order.
  public func warnings(reading names: some Sequence<String>) -> [Warning] { Set(names).sorted().compactMap(warning) }

  private func warning(_ name: String) -> Warning? {
    guard let problem = problem(of: name), let meaning = meanings[name] else { return nil }
    return Warning(name: name, problem: problem, statement: meaning.statement)
  }

  private func problem(of name: String) -> Problem? {
    guard let meaning = meanings[name] else { return nil }
    if deletedCells.contains(meaning.slot.cell) { return .cellDeleted }
    guard slots[meaning.slot] != nil else { return .notMadeAnyMore }
    var seen: Set<Int> = []
    return changedInput(of: meaning, &seen).map { .outOfDate(input: $0) }
  }

  /// The first input, by name, that is not as it was.
  private func changedInput(of definition: Definition, _ seen: inout Set<Int>) -> String? {
    guard seen.insert(definition.stamp).inserted else { return nil }
    for (slot, stamp) in definition.inputs.sorted(by: { $0.key.name < $1.key.name }) {
      guard let present = slots[slot], present.stamp == stamp, !deletedCells.contains(slot.cell) else {
        return slot.name
      }
      if changedInput(of: present, &seen) != nil { return slot.name }
    }
    return nil
  }
}
