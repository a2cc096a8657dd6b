import CommandLanguage
import Synchronization

/// What a command works with besides its arguments.
public struct CommandContext: Sendable {
  private static let workCount = Atomic(0)

  /// What the names stand for.
  public let session: Session
  /// Where things are shown.
  public let output: any CommandOutput
  /// Whether the work has been interrupted; cheap, and callable from any thread.
  public let isCancelled: @Sendable () -> Bool
  /// Keeps something that was found out at once, in the workspace, before the command has ended.
  var keep: @Sendable (ModelFinding) -> Void = { _ in }

  /// A context.
  public init(
    session: Session, output: any CommandOutput, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.session = session
    self.output = output
    self.isCancelled = isCancelled
  }

  /// Begins to tell how far a piece of work has come.
  ///
  /// - Parameter label: what is being done, such as `Calibrating`.
  func beginProgress(_ label: String) -> ProgressReporter {
    ProgressReporter(label: label, work: Self.workCount.add(1, ordering: .relaxed).newValue, output: output)
  }

  /// The model that a name of an argument stands for.
  func model(_ reference: BoundReference) throws -> Model {
    if case .model(let model)? = session.value(of: reference.name) { return model }
    throw CommandFailure(.gone(reference.name, .model, at: reference.span))
  }

  /// The models that an argument names, with names by which they can be told apart: their own, and where several have
  /// the same, the session's behind it.
  func namedModels(_ references: [BoundReference]) throws -> [(name: String, model: Model)] {
    let models = try references.map(model)
    let counts = Dictionary(models.map { ($0.name, 1) }, uniquingKeysWith: +)
    return zip(references, models).map { reference, model in
      (counts[model.name] == 1 ? model.name : "\(model.name) (\(reference.name))", model)
    }
  }

  /// The model that an argument names.
  func model(_ arguments: BoundCommand, _ name: String = "model") throws -> Model {
    guard let reference = arguments.reference(name) else { throw CommandFailure(.missing(name, arguments)) }
    return try model(reference)
  }

  /// The dataset that an argument names.
  func dataset(_ arguments: BoundCommand, _ name: String) throws -> LoadedDataset {
    guard let reference = arguments.reference(name) else { throw CommandFailure(.missing(name, arguments)) }
    return try dataset(named: reference.name, at: reference.span)
  }

  func dataset(named name: String, at span: SourceSpan) throws -> LoadedDataset {
    if case .dataset(let dataset)? = session.value(of: name) { return dataset }
    throw CommandFailure(.gone(name, .dataset, at: span))
  }
}
