import Datasets
import Testing

@Suite struct OpenImagesDatasetTests {
  @Test func `Boxes are fractions of the picture`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "images/0001eeaf4aed83f9.png", "images/000595fe6fee6369.png")
    try folder.write(
      """
      ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf,IsDepiction,IsInside
      0001eeaf4aed83f9,xclick,/m/0cmf2,1,0.25,0.5,0.1,0.75,0,0,0,0,0
      000595fe6fee6369,xclick,/m/02wbm,1,0,1,0,1,0,0,1,0,0
      000595fe6fee6369,xclick,/m/none,1,0,1,0,1,0,0,1,0,0
      gone,xclick,/m/02wbm,1,0,1,0,1,0,0,1,0,0
      0001eeaf4aed83f9,xclick,/m/02wbm,1,0.5,0.25,0,1,0,0,1,0,0
      0001eeaf4aed83f9,xclick,/m/02wbm,1
      """, to: "validation-annotations-bbox.csv")
    try folder.write(
      "/m/02wbm,Food\n/m/0cmf2,\"Airplane, large\"\n/m/02wbm,Again\nx\n", to: "class-descriptions-boxable.csv")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.format == "open_images" && dataset.labels?.classes.map(\.fullName) == ["Food", "Airplane, large"])
    let box = BoundingBox(left: 0.25, top: 0.1, right: 0.5, bottom: 0.75)
    #expect(dataset.samples[0].annotation?.objects == [AnnotatedObject(classIndex: 1, box: box, isBoxRelative: true)])
    #expect(
      box.scaled(to: ImageSize(width: 200, height: 100)) == BoundingBox(left: 50, top: 10, right: 100, bottom: 75))
    #expect(dataset.samples[1].annotation?.objects?.map(\.isCrowd) == [true])
    #expect(
      dataset.problems.map(\.description) == [
        "class-descriptions-boxable.csv:3: names the class “/m/02wbm” again",
        "class-descriptions-boxable.csv:4: is not of the form “label,name”",
        "validation-annotations-bbox.csv:4: has the class “/m/none”, which has no description",
        "validation-annotations-bbox.csv:5: names the picture “gone”, which is not in the folder",
        "validation-annotations-bbox.csv:6: has a box without area",
        "validation-annotations-bbox.csv:7: has no four edges of a box",
      ])
  }
}
