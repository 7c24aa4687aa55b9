// The package by `require`, as older projects load it.
const { createDecartClient, DecartSDKError, models } = require('rushes-client')

const client = createDecartClient({ baseUrl: process.env['SERVER'] ?? '' })
const attempt = client.process({ model: models.named('lucy-pro-i2v'), prompt: 'test' })
attempt.catch(
  /** @param {unknown} error */ async (error) => {
    if (!(error instanceof DecartSDKError)) throw error
    const picture = await client.process({
      model: models.image('lucy-pro-t2i'),
      prompt: 'a red square',
      resolution: '480p',
    })
    console.log(JSON.stringify([error.message, picture.type]))
  },
)
