import type { Locale } from '#libs/kernel';

import type { Notice } from './account-mail';

export type MailTemplate =
  'password_reset' | 'email_verification' | 'account_setup' | 'invitation' | 'budget_alert' | Notice;

interface MailText {
  readonly subject: string;
  readonly body: string;
}

/** `{code}` is the code with its link, `{name}` the reader's name, `{minutes}` and `{days}` how long the code lives. Of a budget: `{budget}` is its name, `{percent}` the threshold, `{spent}` and `{amount}` are in `{currency}`. */
export const MAIL_TEXTS: Readonly<Record<MailTemplate, Readonly<Record<Locale, MailText>>>> = {
  password_reset: {
    fr: {
      subject: 'MY-IA : choisir un nouveau mot de passe',
      body: 'Bonjour {name},\n\nVoici le code qui permet de choisir un nouveau mot de passe. Il sert une fois, pendant {minutes} minutes.\n\n{code}\n\nSi vous n’avez rien demandé, ignorez ce message : rien ne change.',
    },
    en: {
      subject: 'MY-IA: choose a new password',
      body: 'Hello {name},\n\nThis code lets you choose a new password. It works once, for {minutes} minutes.\n\n{code}\n\nIf you did not ask for it, ignore this message: nothing changes.',
    },
  },
  email_verification: {
    fr: {
      subject: 'MY-IA : confirmer votre adresse',
      body: 'Bonjour {name},\n\nVoici le code qui confirme votre adresse. Il sert une fois, pendant {minutes} minutes, avec le mot de passe que vous avez choisi.\n\n{code}\n\nSi vous n’avez pas demandé de compte, ignorez ce message.',
    },
    en: {
      subject: 'MY-IA: confirm your address',
      body: 'Hello {name},\n\nThis code confirms your address. It works once, for {minutes} minutes, with the password you chose.\n\n{code}\n\nIf you did not ask for an account, ignore this message.',
    },
  },
  invitation: {
    fr: {
      subject: 'MY-IA : invitation',
      body: 'Bonjour,\n\nVous êtes invité à créer un compte MY-IA. Le code sert une fois, pendant {days} jours.\n\n{code}',
    },
    en: {
      subject: 'MY-IA: invitation',
      body: 'Hello,\n\nYou are invited to create a MY-IA account. The code works once, for {days} days.\n\n{code}',
    },
  },
  budget_alert: {
    fr: {
      subject: 'MY-IA : budget utilisé à {percent} %',
      body: 'Bonjour {name},\n\nVotre organisation a dépensé ce mois-ci {spent} {currency} sur les {amount} {currency} du budget « {budget} » : le seuil de {percent} % est atteint.\n\nLe détail par personne et par modèle se trouve dans l’administration (GET /admin/stats/usage). Un budget qui bloque refuse les questions quand il est épuisé, jusqu’au mois suivant ou jusqu’à ce qu’il soit augmenté.',
    },
    en: {
      subject: 'MY-IA: {percent}% of a budget used',
      body: 'Hello {name},\n\nThis month your organization has spent {spent} {currency} of the {amount} {currency} of the budget "{budget}": the threshold of {percent}% is reached.\n\nWho used which model is in the administration (GET /admin/stats/usage). A budget that blocks refuses questions once it is spent, until the next month or until it is raised.',
    },
  },
  password_changed: {
    fr: {
      subject: 'MY-IA : votre mot de passe a changé',
      body: 'Bonjour {name},\n\nLe mot de passe de votre compte vient de changer et vos autres sessions ont pris fin. Si ce n’était pas vous, demandez aussitôt un nouveau mot de passe et prévenez votre administrateur.',
    },
    en: {
      subject: 'MY-IA: your password has changed',
      body: 'Hello {name},\n\nThe password of your account has just changed and your other sessions have ended. If it was not you, ask for a new password at once and tell your administrator.',
    },
  },
  mfa_enabled: {
    fr: {
      subject: 'MY-IA : second facteur activé',
      body: 'Bonjour {name},\n\nVotre compte demande désormais un code à usage unique. Si ce n’était pas vous, prévenez aussitôt votre administrateur.',
    },
    en: {
      subject: 'MY-IA: second factor enabled',
      body: 'Hello {name},\n\nYour account now asks for a one-time code. If it was not you, tell your administrator at once.',
    },
  },
  mfa_disabled: {
    fr: {
      subject: 'MY-IA : second facteur désactivé',
      body: 'Bonjour {name},\n\nVotre compte ne demande plus de code à usage unique. Si ce n’était pas vous, changez aussitôt votre mot de passe et prévenez votre administrateur.',
    },
    en: {
      subject: 'MY-IA: second factor disabled',
      body: 'Hello {name},\n\nYour account no longer asks for a one-time code. If it was not you, change your password at once and tell your administrator.',
    },
  },
  recovery_code_used: {
    fr: {
      subject: 'MY-IA : un code de secours a servi',
      body: 'Bonjour {name},\n\nUn code de secours vient de servir à entrer dans votre compte. Si ce n’était pas vous, changez aussitôt votre mot de passe et prévenez votre administrateur.',
    },
    en: {
      subject: 'MY-IA: a recovery code was used',
      body: 'Hello {name},\n\nA recovery code was just used to enter your account. If it was not you, change your password at once and tell your administrator.',
    },
  },
  already_registered: {
    fr: {
      subject: 'MY-IA : vous avez déjà un compte',
      body: 'Bonjour {name},\n\nQuelqu’un a voulu créer un compte avec votre adresse, qui en a déjà un. Si c’était vous, connectez-vous ou demandez un nouveau mot de passe. Sinon, ignorez ce message.',
    },
    en: {
      subject: 'MY-IA: you have an account already',
      body: 'Hello {name},\n\nSomebody tried to create an account with your address, which has one already. If it was you, sign in or ask for a new password. If not, ignore this message.',
    },
  },
  account_setup: {
    fr: {
      subject: 'MY-IA : votre compte',
      body: 'Bonjour {name},\n\nUn administrateur vous a ouvert un compte MY-IA. Ce code permet de choisir votre mot de passe ; il sert une fois, pendant {days} jours.\n\n{code}',
    },
    en: {
      subject: 'MY-IA: your account',
      body: 'Hello {name},\n\nAn administrator has opened a MY-IA account for you. This code lets you choose your password; it works once, for {days} days.\n\n{code}',
    },
  },
  role_changed: {
    fr: {
      subject: 'MY-IA : votre rôle a changé',
      body: 'Bonjour {name},\n\nUn administrateur vient de changer le rôle de votre compte. Si cela vous surprend, parlez-en à votre administrateur.',
    },
    en: {
      subject: 'MY-IA: your role has changed',
      body: 'Hello {name},\n\nAn administrator has just changed the role of your account. If this surprises you, talk to your administrator.',
    },
  },
  account_disabled: {
    fr: {
      subject: 'MY-IA : votre compte est désactivé',
      body: 'Bonjour {name},\n\nUn administrateur vient de désactiver votre compte ; vos sessions ont pris fin et vos clés d’API sont refusées. Si cela vous surprend, parlez-en à votre administrateur.',
    },
    en: {
      subject: 'MY-IA: your account is disabled',
      body: 'Hello {name},\n\nAn administrator has just disabled your account; your sessions have ended and your API keys are refused. If this surprises you, talk to your administrator.',
    },
  },
  account_enabled: {
    fr: {
      subject: 'MY-IA : votre compte est réactivé',
      body: 'Bonjour {name},\n\nUn administrateur vient de réactiver votre compte ; vous pouvez de nouveau vous connecter.',
    },
    en: {
      subject: 'MY-IA: your account is enabled again',
      body: 'Hello {name},\n\nAn administrator has just enabled your account again; you can sign in.',
    },
  },
  sessions_ended: {
    fr: {
      subject: 'MY-IA : vos sessions ont pris fin',
      body: 'Bonjour {name},\n\nUn administrateur vient de mettre fin à une ou plusieurs de vos sessions ; reconnectez-vous sur les appareils concernés. Si cela vous surprend, parlez-en à votre administrateur.',
    },
    en: {
      subject: 'MY-IA: your sessions have ended',
      body: 'Hello {name},\n\nAn administrator has just ended one or more of your sessions; sign in again on the devices concerned. If this surprises you, talk to your administrator.',
    },
  },
  data_exported: {
    fr: {
      subject: 'MY-IA : vos données ont été exportées',
      body: 'Bonjour {name},\n\nUn administrateur vient d’exporter les données de votre compte, sans vos conversations ni vos documents. Si cela vous surprend, parlez-en à votre administrateur.',
    },
    en: {
      subject: 'MY-IA: your data was exported',
      body: 'Hello {name},\n\nAn administrator has just exported the data of your account, without your conversations and documents. If this surprises you, talk to your administrator.',
    },
  },
  api_key_made: {
    fr: {
      subject: 'MY-IA : une clé d’API a été créée pour vous',
      body: 'Bonjour {name},\n\nUn administrateur vient de créer une clé d’API au nom de votre compte. Vous la trouvez parmi vos clés et pouvez la supprimer. Si cela vous surprend, parlez-en à votre administrateur.',
    },
    en: {
      subject: 'MY-IA: an API key was made for you',
      body: 'Hello {name},\n\nAn administrator has just made an API key in the name of your account. You find it among your keys and can delete it. If this surprises you, talk to your administrator.',
    },
  },
  api_key_rotated: {
    fr: {
      subject: 'MY-IA : une clé d’API a été renouvelée',
      body: 'Bonjour {name},\n\nUn administrateur vient de donner un nouveau secret à l’une de vos clés d’API. Si cela vous surprend, parlez-en à votre administrateur.',
    },
    en: {
      subject: 'MY-IA: an API key was rotated',
      body: 'Hello {name},\n\nAn administrator has just given one of your API keys a new secret. If this surprises you, talk to your administrator.',
    },
  },
  api_key_changed: {
    fr: {
      subject: 'MY-IA : une clé d’API a été modifiée',
      body: 'Bonjour {name},\n\nUn administrateur vient de modifier l’une de vos clés d’API. Si cela vous surprend, parlez-en à votre administrateur.',
    },
    en: {
      subject: 'MY-IA: an API key was changed',
      body: 'Hello {name},\n\nAn administrator has just changed one of your API keys. If this surprises you, talk to your administrator.',
    },
  },
  api_key_deleted: {
    fr: {
      subject: 'MY-IA : une clé d’API a été supprimée',
      body: 'Bonjour {name},\n\nUn administrateur vient de supprimer l’une de vos clés d’API ; elle est refusée dès maintenant. Si cela vous surprend, parlez-en à votre administrateur.',
    },
    en: {
      subject: 'MY-IA: an API key was deleted',
      body: 'Hello {name},\n\nAn administrator has just deleted one of your API keys; it is refused from now on. If this surprises you, talk to your administrator.',
    },
  },
  conversation_disclosed: {
    fr: {
      subject: 'MY-IA : une de vos conversations a été ouverte',
      body: 'Bonjour {name},\n\nUn administrateur vient d’ouvrir l’une de vos conversations pour la lire, pour un motif qu’il a dû donner et pour un temps limité. Le motif, la durée et la conversation se trouvent dans votre compte, sous « ouvertures » (GET /me/disclosures). Si cela vous surprend, parlez-en à votre administrateur.',
    },
    en: {
      subject: 'MY-IA: one of your conversations was opened',
      body: 'Hello {name},\n\nAn administrator has just opened one of your conversations to read it, for a reason that had to be given and for a limited time. The reason, the time and the conversation are in your account, under "disclosures" (GET /me/disclosures). If this surprises you, talk to your administrator.',
    },
  },
};
