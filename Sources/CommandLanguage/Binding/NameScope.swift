/// The names that statements can use, as whoever runs them knows them.
public protocol NameScope {
  /// The names, in the order to be shown.
  var names: [String] { get }
  /// What a name stands for, or nil where it was never assigned.
  func entry(for name: String) -> ScopeEntry?
}

/// What a name stands for.
public struct ScopeEntry: Sendable, Hashable {
  /// The kind of thing.
  public var kind: ReferenceKind
  /// One line about it, for completion and help.
  public var summary: String
  /// The value, where the name stands for a plain one; such a name can be used wherever its value can.
  public var literal: ValueSyntax?

  /// A meaning of a name.
  public init(_ kind: ReferenceKind, summary: String = "", literal: ValueSyntax? = nil) {
    self.kind = kind
    self.summary = summary
    self.literal = literal
  }
}

/// A scope held in memory, in order of first assignment.
public struct ScopeSnapshot: NameScope, Sendable {
  /// The names in order of first assignment.
  public private(set) var names: [String] = []
  private var entries: [String: ScopeEntry] = [:]

  /// An empty scope.
  public init() {}

  /// A scope of these names; a later entry for a name replaces an earlier one.
  public init(_ entries: KeyValuePairs<String, ScopeEntry>) {
    for (name, entry) in entries { assign(name, entry) }
  }

  /// All that another scope holds at this moment.
  public init(copying scope: some NameScope) {
    for name in scope.names { if let entry = scope.entry(for: name) { assign(name, entry) } }
  }

  /// What a name stands for, or nil where it was never assigned.
  public func entry(for name: String) -> ScopeEntry? { entries[name] }

  /// Lets a name stand for something.
  public mutating func assign(_ name: String, _ entry: ScopeEntry) {
    if entries.updateValue(entry, forKey: name) == nil { names.append(name) }
  }
}
