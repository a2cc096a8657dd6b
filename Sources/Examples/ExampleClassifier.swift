import FoundationEssentials

/// The embedded image classifier: where its files are and how its pictures are prepared.
public struct ExampleClassifier: Sendable, Hashable {
  /// The name under which it is asked for.
  public static let name = "classifier"

  /// A set of pictures that comes with the classifier.
  public enum Part: String, Sendable, CaseIterable {
    /// Annotated pictures, to judge predictions by.
    case validation
    /// Pictures without annotations, to calibrate with.
    case calibration
  }

  /// The folder of the example.
  public let folder: String
  /// The path of the model file.
  public let modelPath: String
  /// The path of the list of class names.
  public let labelsPath: String
  /// The order of the channels, `rgb` or `bgr`.
  public let channels: String
  /// What is subtracted from every sample.
  public let mean: Double
  /// What every difference is divided by.
  public let scale: Double
  /// To how many pixels the shorter side is resized.
  public let resize: Int
  /// The side of the square that is cut from the middle.
  public let crop: Int

  /// The folder of a set of pictures.
  public func picturesPath(_ part: Part) -> String { "\(folder)/\(part.rawValue)" }

  /// Reads the example in a folder.
  ///
  /// - Throws: `ExampleError.damaged` if a file of it is missing or the manifest cannot be read.
  init(folder: String) throws(ExampleError) {
    let manifestPath = folder + "/manifest.json"
    guard let data = FileManager.default.contents(atPath: manifestPath),
      let manifest = try? JSONDecoder().decode(ClassifierManifest.self, from: data)
    else {
      throw ExampleError(
        .damaged, "the manifest of the example cannot be read: \(manifestPath)",
        remedy: "install Octet again, or fetch the file again")
    }
    self.folder = folder
    modelPath = "\(folder)/\(manifest.model.file)"
    labelsPath = folder + "/labels.txt"
    channels = manifest.preprocessing.channels
    mean = manifest.preprocessing.mean
    scale = manifest.preprocessing.scale
    resize = manifest.preprocessing.resize
    crop = manifest.preprocessing.crop
    let files = [modelPath, labelsPath].filter { !InstalledFiles.isFile($0) }
    let folders = Part.allCases.map(picturesPath).filter { !InstalledFiles.isFolder($0) }
    if let missing = (files + folders).first {
      throw ExampleError(
        .damaged, "a part of the example is missing: \(missing)", remedy: "install Octet again, or fetch it again")
    }
  }
}
