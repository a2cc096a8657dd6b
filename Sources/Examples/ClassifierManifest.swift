/// What `manifest.json` says of an example classifier, as far as it is needed to use it.
struct ClassifierManifest: Decodable {
  struct Model: Decodable {
    let file: String
  }

  struct Preprocessing: Decodable {
    let channels: String
    let mean: Double
    let scale: Double
    let resize: Int
    let crop: Int
  }

  let model: Model
  let preprocessing: Preprocessing
}
