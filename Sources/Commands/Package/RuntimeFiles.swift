import Examples
import FoundationEssentials

/// The files of a package that are the same for every model: the library, the program, the header, samples and licences.
struct RuntimeFiles {
  private let installed = InstalledFiles()

  /// The files.
  ///
  /// - Throws: `PackageError` if one is missing.
  func files() throws -> [PackageContent.File] {
    var files = [
      PackageContent.File(path: "lib/libOctetRuntime.so", bytes: try built("libOctetRuntime.so"), isProgram: true),
      PackageContent.File(path: "bin/octet-run", bytes: try built("octet-run"), isProgram: true),
    ]
    files += try libraries()
    guard let folder = installed.folder(named: "package"),
      let names = try? FileManager.default.subpathsOfDirectory(atPath: folder)
    else {
      throw PackageError(
        message: "the header, samples and licences that belong to a package are not installed",
        remedy: "install Octet again, or run it from its source tree")
    }
    for name in names.sorted() {
      var isFolder = false
      let path = "\(folder)/\(name)"
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder,
        let bytes = FileManager.default.contents(atPath: path)
      else { continue }
      files.append(PackageContent.File(path: name, bytes: bytes))
    }
    return files
  }

  /// The libraries that the library needs, which `make build` gathers.
  private func libraries() throws -> [PackageContent.File] {
    let folders = installed.programFolders.map { "\($0)/OctetRuntimeLibraries" }
    guard let folder = folders.first(where: { FileManager.default.fileExists(atPath: $0) }),
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else {
      throw PackageError(
        message: "the libraries that a package brings along are not installed (\(folders.joined(separator: ", ")))",
        remedy: "gather them with `make build`")
    }
    return try names.sorted().map { name in
      PackageContent.File(path: "lib/\(name)", bytes: try built("OctetRuntimeLibraries/\(name)"), isProgram: true)
    }
  }

  /// A file that was built with Octet: beside the program, or in `../lib/octet`.
  private func built(_ name: String) throws -> Data {
    for place in installed.programFolders {
      if let bytes = FileManager.default.contents(atPath: "\(place)/\(name)") { return bytes }
    }
    throw PackageError(
      message: "\(name) is not installed beside Octet (\(installed.programFolders.joined(separator: ", ")))",
      remedy: "build it with `make build`")
  }
}
