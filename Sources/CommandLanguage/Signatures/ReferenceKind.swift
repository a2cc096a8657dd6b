/// What a name can stand for.
public enum ReferenceKind: String, Sendable, Hashable, CaseIterable {
  /// A network.
  case model
  /// A collection of samples.
  case dataset
  /// What a command found out.
  case result
  /// A report.
  case report
  /// A plain value: a number, text, list and so on.
  case value
  /// Anything; as the kind of a name: not known yet.
  case any

  /// The kind with its article, as part of a sentence.
  public var phrase: String {
    switch self {
    case .any: "a name"
    case .value: "a plain value"
    default: "a \(rawValue)"
    }
  }

  /// Whether a name of this kind can stand where one of `kinds` is asked for.
  public func satisfies(_ kinds: [ReferenceKind]) -> Bool {
    self == .any || kinds.isEmpty || kinds.contains(.any) || kinds.contains(self)
  }
}
