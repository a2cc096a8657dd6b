import FoundationEssentials

/// Finds the examples that come with Octet.
public enum ExampleLibrary {
  /// The example classifier, wherever Octet is installed.
  ///
  /// - Throws: `ExampleError.notFound` naming the places, `damaged` if its files are not whole.
  public static func classifier(of files: InstalledFiles = InstalledFiles()) throws(ExampleError) -> ExampleClassifier {
    let folders = files.exampleFolders.map { "\($0)/\(ExampleClassifier.name)" }
    guard let folder = folders.first(where: InstalledFiles.isFolder) else {
      let places = files.exampleFolders.prefix(4).joined(separator: ", ")
      throw ExampleError(
        .notFound, "the example classifier is in none of the places that are searched (\(places))",
        remedy: "set OCTET_EXAMPLES to the folder that holds the folder classifier")
    }
    return try ExampleClassifier(folder: folder)
  }

  /// Copies the example and the tutorial notebooks into a folder, which is made if need be; nothing is overwritten.
  ///
  /// - Returns: the paths that were made, in order.
  /// - Throws: `ExampleError`.
  public static func copy(to folder: String, from files: InstalledFiles = InstalledFiles()) throws(ExampleError)
    -> [String]
  {
    let example = try classifier(of: files)
    var sources = [(from: example.folder, to: "\(folder)/\(ExampleClassifier.name)")]
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
