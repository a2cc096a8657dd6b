import CommandLanguage
import Reports

/// `cache`: finished work that is kept on disk.
enum CacheCommand: Command {
  static let signature = CommandSignature(
    "cache", summary: "Shows what is kept of finished work, removes it, or sets how much is kept.",
    discussion: """
      Calibrated models and predictions are kept on disk, under the hash of everything that they depend on: the model, the
      pictures, the settings, and the version of Octet. The same cell run again, also in a new kernel after a crash, takes
      them from there. What was not used for longest is removed when the limit is reached. Nothing is ever taken for a
      result of something else, so the cache never needs to be cleared for correctness. Archives of datasets are unpacked
      there too; they count for no limit, and stay until they are cleared.
      """, result: .report,
    labels: [
      ParameterSignature(
        "clear",
        .choice(
          [ChoiceWord("all", "everything")] + ResultKind.allCases.map { ChoiceWord($0.rawValue, $0.title) }
            + [ChoiceWord("archives", "datasets that were unpacked from archives")]),
        absent: "nothing is removed", "What is removed."),
      ParameterSignature(
        "limit", .number(in: 0...1e15, units: [.memory]), absent: "stays as it is",
        "How much is kept at most, such as 2GB."),
    ],
    examples: [
      CommandExample("cache", "what is kept, and where"),
      CommandExample("cache limit: 4GB", "how much is kept at most"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let store = context.session.results
    if let limit = arguments.number("limit"), arguments.isGiven("limit") {
      do {
        try store.setLimit(Int(limit))
      } catch {
        throw CommandFailure(
          "cache-not-writable", "the cache folder \(store.folder ?? "") cannot be written",
          at: arguments.span(of: "limit"),
          help: "set OCTET_CACHE to a folder that you may write, and restart the kernel")
      }
    }
    var removed: CacheReport.Entry?
    if let word = arguments.choice("clear"), arguments.isGiven("clear") {
      var usage = ResultStore.Usage()
      if word != "archives" { usage += store.clear(ResultKind(rawValue: word).map { [$0] } ?? ResultKind.allCases) }
      if word == "archives" || word == "all" { usage += UnpackedArchives(store).clear() }
      removed = .init(title: word, count: usage.count, byteCount: usage.byteCount)
    }
    var entries = ResultKind.allCases.map { kind in
      let usage = store.usage(of: kind)
      return CacheReport.Entry(title: kind.title, count: usage.count, byteCount: usage.byteCount)
    }
    let archives = UnpackedArchives(store).usage()
    entries.append(.init(title: "Unpacked archives of datasets", count: archives.count, byteCount: archives.byteCount))
    return .reporting(
      CacheReport(folder: store.folder, limit: store.limit, removed: removed, entries: entries), as: .report)
  }
}
