/// What `manifest.json` says of an example, as far as it is needed to use it.
struct ExampleManifest: Decodable {
  struct Model: Decodable {
    let file: String
  }

  struct Preprocessing: Decodable {
    let channels: String
    let mean: Double
    let scale: Double
    /// The shorter side in pixels, with `crop`.
    let resize: Int?
    let crop: Int?
    /// Width and height that pictures are stretched to, instead of the two above.
    let size: [Int]?
  }

  struct Pictures: Decodable {
    /// Relative to the folder of the example.
    let folder: String
    let pictures: Int
  }

  let kind: Example.Kind
  let model: Model
  let preprocessing: Preprocessing
  let labels: [String]?
  let datasets: [String: Pictures]
}
