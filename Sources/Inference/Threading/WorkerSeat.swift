internal import Synchronization

/// Where the caller of a pool and one of its threads tell each other how far a part is.
///
/// Its atomics are on cache lines that hold nothing else, and whoever asks for a part writes what it is about to the line
/// that it then raises the state on, so that each message costs one passage of a line from processor to processor.
struct WorkerSeat: ~Copyable {
  private let state = Atomic<Int>(State(turn: 0, phase: .done).rawValue)
  private let item = Atomic<Int>(0)
  /// Two lines, since processors fetch lines in pairs.
  private let rest = InlineArray<14, Int>(repeating: 0)

  /// How far the part of one turn is.
  struct State: Equatable {
    enum Phase: Int {
      /// Somebody shall do it.
      case offered
      case begun
      case done
      /// It is done, and the seat's own thread sleeps.
      case asleep
    }

    var turn: Int
    var phase: Phase

    init(turn: Int, phase: Phase) {
      self.turn = turn
      self.phase = phase
    }

    init(_ rawValue: Int) { self.init(turn: rawValue >> 2, phase: Phase(rawValue: rawValue & 3) ?? .done) }

    var rawValue: Int { turn << 2 | phase.rawValue }

    /// The last turn whose part is done.
    var lastDone: Int { phase == .offered || phase == .begun ? turn - 1 : turn }

    /// A turn that is offered so that the thread ends.
    static let stop = State(turn: Int.max >> 3, phase: .offered)
  }

  var current: State { State(state.load(ordering: .acquiring)) }

  /// Offers the part of a turn; the one before must be done.
  ///
  /// - Returns: whether the seat's thread sleeps.
  func offer(_ item: Int, turn: Int) -> Bool {
    self.item.store(item, ordering: .relaxed)
    let before = state.exchange(State(turn: turn, phase: .offered).rawValue, ordering: .acquiringAndReleasing)
    return State(before).phase == .asleep
  }

  /// What the part that is offered or begun is about.
  var offered: Int { item.load(ordering: .relaxed) }

  /// Begins the part of a turn if it is offered and nobody else has begun it.
  ///
  /// - Returns: whether the caller shall do it, and the state before.
  func begin(turn: Int) -> (isMine: Bool, before: State) {
    let (isMine, before) = state.compareExchange(
      expected: State(turn: turn, phase: .offered).rawValue, desired: State(turn: turn, phase: .begun).rawValue,
      ordering: .acquiring)
    return (isMine, State(before))
  }

  /// Says that the part that was begun is done.
  func finish(turn: Int) { state.store(State(turn: turn, phase: .done).rawValue, ordering: .releasing) }

  /// Says that the seat's thread sleeps until the next turn, unless that is here already.
  ///
  /// - Returns: whether it may sleep.
  func fallAsleep(turn: Int) -> Bool {
    state.compareExchange(
      expected: State(turn: turn, phase: .done).rawValue, desired: State(turn: turn, phase: .asleep).rawValue,
      ordering: .acquiringAndReleasing
    ).exchanged
  }
}
