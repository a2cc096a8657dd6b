import Datasets
import Testing

@Suite struct WiderFaceDatasetTests {
  @Test func `Each face has a box, and a picture may have none`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "WIDER_val/images/0--Parade/a.png", "WIDER_val/images/1--Handshaking/b.png")
    try folder.write(
      """
      0--Parade/a.png
      3
      10 20 30 40 0 0 0 0 0 0
      1 2 3 4 0 0 0 1 0 0
      5 5 0 4 0 0 0 0 0 0
      1--Handshaking/b.png
      0
      0 0 0 0 0 0 0 0 0 0
      2--Gone/c.png
      1
      1 1 1 1 0 0 0 0 0 0
      nonsense
      0--Parade/a.png
      x
      """, to: "wider_face_split/wider_face_val_bbx_gt.txt")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.format == "wider_face" && dataset.labels?.classes.map(\.name) == ["face"])
    #expect(
      dataset.samples.map { $0.annotation?.objects } == [
        [
          AnnotatedObject(classIndex: 0, box: BoundingBox(left: 10, top: 20, right: 40, bottom: 60)),
          AnnotatedObject(classIndex: 0, box: BoundingBox(left: 1, top: 2, right: 4, bottom: 6), isDifficult: true),
        ], [],
      ])
    let text = "wider_face_split/wider_face_val_bbx_gt.txt"
    #expect(
      dataset.problems.map(\.description) == [
        "\(text):5: has a box without area", "\(text):9: names “2--Gone/c.png”, which is not in the folder",
        "\(text):12: is no path of a picture, so it belongs to no block",
        "\(text):13: is not followed by the number of faces",
        "\(text):14: is no path of a picture, so it belongs to no block",
      ])
  }
}
