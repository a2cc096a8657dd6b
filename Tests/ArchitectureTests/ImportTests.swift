import Testing

@Suite struct ImportTests {
  /// What every Swift target may import.
  static let toolchain: Set<String> = [
    "Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin", "Synchronization", "Dispatch",
  ]

  @Test func `the table of targets names every Swift target`() throws {
    let table = try TargetTable()
    #expect(try Project.swiftTargets().filter { !$0.hasPrefix("_") && table.imports[$0] == nil } == [])
  }

  @Test func `targets import only what the table names`() throws {
    let table = try TargetTable()
    var strangers: [String] = []
    for target in try Project.swiftTargets() where !target.hasPrefix("_") {
      let allowed = (table.imports[target] ?? []).union(Self.toolchain)
      for file in Project.swiftFiles(below: "Sources/\(target)") {
        for name in try Project.imports(of: file) where !allowed.contains(name) {
          strangers.append("\(file) imports \(name)")
        }
      }
    }
    #expect(strangers == [])
  }

  @Test func `arrows never form a circle`() throws {
    let table = try TargetTable()
    var open = table.imports.mapValues { $0.filter { table.imports[$0] != nil } }
    while let (leaf, _) = open.first(where: { $0.value.isEmpty }) {
      open[leaf] = nil
      open = open.mapValues { $0.subtracting([leaf]) }
    }
    #expect(open.keys.sorted() == [])
  }

  @Test func `engine, language and host never import each other`() throws {
    let table = try TargetTable()
    let roots: [Set<String>] = [
      ["Tensors", "Graphs", "Datasets", "ModelFormats", "Inference", "Quantization", "Evaluation"],
      ["CommandLanguage", "Documents"], ["JupyterMessaging", "KernelHost", "ZeroMQTransport"],
    ]
    for root in roots {
      let others = roots.filter { $0 != root }.reduce(into: Set()) { $0.formUnion($1) }
      for target in root { #expect(table.imports[target, default: []].isDisjoint(with: others), "\(target)") }
    }
  }
}
