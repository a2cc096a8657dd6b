/// All commands that a cell may use.
public struct CommandVocabulary: Sendable {
  /// The declarations in their order.
  public let signatures: [CommandSignature]
  private let byVerb: [String: [Int]]

  /// A vocabulary of these commands.
  public init(_ signatures: [CommandSignature]) {
    self.signatures = signatures
    var byVerb: [String: [Int]] = [:]
    for (index, signature) in signatures.enumerated() {
      for verb in Set([signature.verb] + signature.aliases) { byVerb[verb, default: []].append(index) }
    }
    self.byVerb = byVerb
  }

  /// The verbs without aliases, each once, in order of declaration.
  public var verbs: [String] {
    var seen: Set<String> = []
    return signatures.map(\.verb).filter { seen.insert($0).inserted }
  }

  /// All words that can begin a command: verbs and aliases.
  public var allVerbs: [String] {
    var seen: Set<String> = []
    return signatures.flatMap { [$0.verb] + $0.aliases }.filter { seen.insert($0).inserted }
  }

  /// The declarations of a verb or alias: one, or one for each subject.
  public func signatures(for verb: String) -> [CommandSignature] { (byVerb[verb] ?? []).map { signatures[$0] } }

  /// The declaration of a verb with this subject.
  public func signature(for verb: String, subject: String?) -> CommandSignature? {
    signatures(for: verb).first { $0.subject == subject }
  }

  /// The subjects of all commands, each once.
  public var subjects: [String] {
    var seen: Set<String> = []
    return signatures.compactMap(\.subject).filter { seen.insert($0).inserted }
  }
}
