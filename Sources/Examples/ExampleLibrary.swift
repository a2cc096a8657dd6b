import FoundationEssentials

/// Finds the examples that come with Octet.
public enum ExampleLibrary {
  /// An example, wherever Octet is installed.
  ///
  /// - Throws: `ExampleError.notFound` naming the places, `damaged` if its files are not whole.
  public static func example(
    named name: String, of files: InstalledFiles = InstalledFiles()
  ) throws(ExampleError) -> Example {
    let folders = files.exampleFolders.map { "\($0)/\(name)" }
    guard let folder = folders.first(where: InstalledFiles.isFolder) else {
      let places = files.exampleFolders.prefix(4).joined(separator: ", ")
      throw ExampleError(
        .notFound, "the example \(name) is in none of the places that are searched (\(places))",
        remedy: "set OCTET_EXAMPLES to the folder that holds the folder \(name)")
    }
    return try Example(name: name, folder: folder)
  }

  /// All examples of the catalog.
  ///
  /// - Throws: `ExampleError` of the first one that is not whole.
  public static func all(of files: InstalledFiles = InstalledFiles()) throws(ExampleError) -> [Example] {
    var examples: [Example] = []
    for entry in ExampleCatalog.all { examples.append(try example(named: entry.name, of: files)) }
    return examples
  }

  /// Copies the examples and the tutorial notebooks into a folder, which is made if need be; nothing is overwritten.
  ///
  /// - Returns: the paths that were made, in order.
  /// - Throws: `ExampleError`.
  public static func copy(to folder: String, from files: InstalledFiles = InstalledFiles()) throws(ExampleError)
    -> [String]
  {
    var sources = try all(of: files).map { (from: $0.folder, to: "\(folder)/\($0.name)") }
    if let tutorials = files.folder(named: "notebooks") {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: tutorials)) ?? []
      sources += names.sorted().filter { $0.hasSuffix(".ipynb") }.map { ("\(tutorials)/\($0)", "\(folder)/\($0)") }
    }
    let manager = FileManager.default
    if let taken = sources.first(where: { manager.fileExists(atPath: $0.to) }) {
      throw ExampleError(.cannotCopy, "\(taken.to) exists already", remedy: "name another folder, or remove it first")
    }
    do {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for source in sources { try manager.copyItem(atPath: source.from, toPath: source.to) }
    } catch {
      throw ExampleError(
        .cannotCopy, "the examples cannot be written to \(folder)", remedy: "name a folder that you may write to")
    }
    return sources.map(\.to)
  }
}
