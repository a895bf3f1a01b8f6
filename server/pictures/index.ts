/** Photos: evidence of deeds for staff alone, photos of goods for everybody. */
export {
  dropPictures,
  pictureById,
  pictureReleased,
  picturesOf,
  pictureTaken,
  type PictureUse,
  readPicture,
  releasePictures,
  takePictures,
  usedPictures,
} from './store.ts';
