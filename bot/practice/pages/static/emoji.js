/** The common emoji by their Slack names. */

const NAMES = `
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 100 💯 airplane ✈️ alarm_clock ⏰ apple 🍎 arrow_down ⬇️ arrow_left ⬅️ arrow_right ➡️ arrow_up ⬆️
art 🎨 astonished 😲 baby 👶 balloon 🎈 bar_chart 📊 battery 🔋 beers 🍻 bell 🔔 bike 🚲 bird 🐦 birthday 🎂 black_small_square ▪️ blush 😊 blue_heart 💙
book 📖 books 📚 boom 💥 bouquet 💐 bow 🙇 brain 🧠 bread 🍞 briefcase 💼 broken_heart 💔 bug 🐛 bulb 💡 bus 🚌 bust_in_silhouette 👤 busts_in_silhouette 👥
cake 🍰 calendar 📅 spiral_calendar_pad 🗓️ calling 📲 camera 📷 car 🚗 red_car 🚗 blue_car 🚙 racing_car 🏎️ cat 🐱 champagne 🍾 chart_with_upwards_trend 📈 checkered_flag 🏁 clap 👏
clipboard 📋 clock10 🕙 clock9 🕘 closed_lock_with_key 🔐 coffee ☕ compass 🧭 confetti_ball 🎊 construction 🚧 cookie 🍪 crossed_fingers 🤞 crown 👑 cry 😢 dart 🎯 dash 💨 date 📅
dizzy 💫 dog 🐶 door 🚪 ear 👂 earth_africa 🌍 email 📧 envelope ✉️ exclamation ❗ eyes 👀 face_with_monocle 🧐 facepalm 🤦 fire 🔥 fire_engine 🚒 fist ✊ flag-nl 🇳🇱
flag-gb 🇬🇧 flag-us 🇺🇸 flag-in 🇮🇳 flushed 😳 footprints 👣 fork_and_knife 🍴 fuelpump ⛽ gear ⚙️ gem 💎 ghost 👻 gift 🎁 globe_with_meridians 🌐 green_heart 💚 grey_question ❔
grimacing 😬 grin 😁 grinning 😀 hammer_and_wrench 🛠️ hand ✋ handshake 🤝 heart ❤️ heart_eyes 😍 heavy_check_mark ✔️ heavy_plus_sign ➕ herb 🌿 hourglass ⌛ hourglass_flowing_sand ⏳
house 🏠 hug 🤗 hugging_face 🤗 information_source ℹ️ inbox_tray 📥 innocent 😇 joy 😂 key 🔑 label 🏷️ large_blue_circle 🔵 large_green_circle 🟢 large_yellow_circle 🟡
red_circle 🔴 white_circle ⚪ black_circle ⚫ large_orange_circle 🟠 laughing 😆 leaves 🍃 light_bulb 💡 link 🔗 lock 🔒 loudspeaker 📢 lollipop 🍭 mag 🔍 mailbox 📫 mag_right 🔎 medal 🏅
mega 📣 memo 📝 microphone 🎤 moneybag 💰 mortar_board 🎓 muscle 💪 mute 🔇 neutral_face 😐 new 🆕 newspaper 📰 no_bell 🔕 no_entry ⛔ no_entry_sign 🚫 notebook 📓 ok ✅
ok_hand 👌 open_book 📖 open_hands 👐 orange_heart 🧡 outbox_tray 📤 page_facing_up 📄 paperclip 📎 partying_face 🥳 party_popper 🎉 pause_button ⏸️ double_vertical_bar ⏸️ pencil ✏️ pencil2 ✏️ people_hugging 🫂 phone ☎️
point_down 👇 point_left 👈 point_right 👉 point_up ☝️ point_up_2 👆 pray 🙏 pushpin 📌 purple_heart 💜 question ❓ rainbow 🌈 raised_hand ✋ raised_hands 🙌 receipt 🧾 recycle ♻️
repeat 🔁 relaxed ☺️ relieved 😌 rocket 🚀 rolling_on_the_floor_laughing 🤣 rotating_light 🚨 running 🏃 sad 😞 scroll 📜 see_no_evil 🙈 seedling 🌱 shield 🛡️ shrug 🤷
sleeping 😴 slightly_smiling_face 🙂 smile 😄 smiley 😃 smirk 😏 snowflake ❄️ sob 😭 sparkler 🎇 sparkles ✨ sparkling_heart 💖 speaking_head_in_silhouette 🗣️ speech_balloon 💬 star ⭐
star2 🌟 stop_button ⏹️ stop_sign 🛑 octagonal_sign 🛑 stopwatch ⏱️ studio_microphone 🎙️ sun_with_face 🌞 sunglasses 😎 sunny ☀️ sunrise 🌅 sweat_smile 😅 tada 🎉 telephone ☎️ telescope 🔭 thinking 🤔
thinking_face 🤔 thought_balloon 💭 timer_clock ⏲️ tools 🛠️ traffic_light 🚥 vertical_traffic_light 🚦 triangular_flag_on_post 🚩 trophy 🏆 tulip 🌷 two_hearts 💕 umbrella ☂️ unlock 🔓 upside_down_face 🙃 v ✌️
warning ⚠️ wastebasket 🗑️ watch ⌚ wave 👋 weary 😩 white_check_mark ✅ white_large_square ⬜ wink 😉 winking_face 😉 world_map 🗺️ wrench 🔧 writing_hand ✍️ x ❌ yellow_heart 💛 yum 😋
zap ⚡ zipper_mouth_face 🤐 zzz 💤 one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ zero 0️⃣ keycap_ten 🔟
`.trim().split(/\s+/);

const EMOJI = new Map();
for (let index = 0; index < NAMES.length; index += 2) EMOJI.set(NAMES[index], NAMES[index + 1]);

/** Returns the emoji of a short name, or null. */
export const emoji = (name) => EMOJI.get(name) ?? null;

/** Returns the emoji of Slack's code points, e.g. "1f44d-1f3fb", or null. */
export function emojiFromCode(code) {
  const points = String(code ?? "").split("-").map((each) => Number.parseInt(each, 16));
  return points.every((point) => point > 0 && point <= 0x10ffff) ? String.fromCodePoint(...points) : null;
}

/** Replaces the short names in a plain text. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):(?::skin-tone-\d:)?/g, (whole, name) => emoji(name) ?? whole);
}
