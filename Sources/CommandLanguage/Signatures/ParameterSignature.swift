/// One argument that a command takes, by place or by label.
public struct ParameterSignature: Sendable, Hashable {
  /// The name: the label without its colon, or what a positional argument is called in help and by its accessor.
  public let name: String
  /// What it takes.
  public let type: ArgumentType
  /// Other spellings of the label.
  public let spellings: [String]
  /// Whether the command cannot do without it.
  public internal(set) var isRequired: Bool
  /// Whether it may be given several times.
  public let isRepeated: Bool
  /// The value that holds when it is not given, as it would be typed.
  public let defaultText: String?
  /// What happens when it is not given, in words, where no value says it.
  public let absence: String?
  /// One line for help pages.
  public let summary: String

  let declaredRequired: Bool?

  /// An argument.
  ///
  /// - Parameters:
  ///   - name: The label, or the name of a positional argument.
  ///   - type: What it takes.
  ///   - spellings: Other spellings of the label.
  ///   - required: Whether it must be given; by default positional arguments must and labels need not.
  ///   - repeated: Whether it may be given several times.
  ///   - default: The value that accessors give when it is absent, written as in a cell: `"performance"`, `"300"`.
  ///   - absent: What happens when it is absent, for the help page, where no fixed value says it.
  ///   - summary: One line for help pages.
  public init(
    _ name: String, _ type: ArgumentType, spellings: [String] = [], required: Bool? = nil, repeated: Bool = false,
    default: String? = nil, absent: String? = nil, _ summary: String
  ) {
    self.name = name
    self.type = type
    self.spellings = spellings
    self.isRequired = required ?? false
    self.isRepeated = repeated
    self.defaultText = `default`
    self.absence = absent
    self.summary = summary
    declaredRequired = required
  }
}
